import type { HeldItem } from "../conversions/conversion.ts";
import type { Disposition } from "./adjustment.ts";

/** What an order's lines come to for one conversion, merged by SKU. Units are never 0. */
export interface EarnedItem {
  sku: string;
  quantity: number;
  subtotalMinor: number;
}

/** Why less than before may be earned; Shopify's word for a cancellation, where there was one. */
export interface Cause {
  isCancelled: boolean;
  cancelReason: string | null;
  isUnpaid: boolean;
  isRefunded: boolean;
}

export type AdjustmentPlan =
  | { kind: "none" }
  | { kind: "reversal"; disposition: Disposition; target: HeldItem[] }
  | { kind: "modification"; disposition: "ORDER_UPDATE"; target: HeldItem[] };

/**
 * What must be done so that impact.com holds what is earned. The target depends on the SKUs that were
 * sent and on what is earned now, never on the way there; its values are absolute.
 * `originalMinor` is the amount as first reported.
 */
export function planAdjustment(options: {
  held: readonly HeldItem[];
  earned: readonly EarnedItem[];
  originalMinor: number;
  cause: Cause;
}): AdjustmentPlan {
  const { held, earned, originalMinor, cause } = options;
  const target = targetOf(held, earned);
  // Setting a paid action to 0 reverses it, so that is asked for by its name (impact.md, section 3.2).
  const isNothing = isEmpty(target) || (heldMinor(target) === 0 && originalMinor !== 0);
  const wanted = isNothing ? target.map(emptied) : target;
  if (isSameHolding(held, wanted)) return { kind: "none" };
  if (isNothing) return { kind: "reversal", disposition: dispositionFor(cause), target: wanted };
  return { kind: "modification", disposition: "ORDER_UPDATE", target: wanted };
}

export function heldMinor(items: readonly HeldItem[]): number {
  return items.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** Nothing of it is left: as after a reversal. */
export function isEmpty(items: readonly HeldItem[]): boolean {
  return items.every(({ quantity, amountMinor }) => quantity === 0 && amountMinor === 0);
}

/** The same units and amounts for the same SKUs, in the same order. */
export function isSameHolding(one: readonly HeldItem[], other: readonly HeldItem[]): boolean {
  const isSame = ({ sku, quantity, amountMinor }: HeldItem, twin: HeldItem | undefined) =>
    twin?.sku === sku && twin.quantity === quantity && twin.amountMinor === amountMinor;
  return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
}

function emptied({ sku }: HeldItem): HeldItem {
  return { sku, quantity: 0, amountMinor: 0 };
}

/**
 * impact.com takes no new SKU into an action ("no new data points can be added", impact.md, section
 * 2.4): what is earned with one is carried by a SKU it knows.
 */
function targetOf(held: readonly HeldItem[], earned: readonly EarnedItem[]): HeldItem[] {
  const target = held.map(emptied);
  const bySku = new Map(target.map((item) => [item.sku, item]));
  const stray = { quantity: 0, amountMinor: 0 };
  for (const { sku, quantity, subtotalMinor } of earned) {
    const item = bySku.get(sku) ?? stray;
    item.quantity += quantity;
    item.amountMinor += subtotalMinor;
  }
  carry(target, stray);
  return target;
}

function carry(target: HeldItem[], stray: { quantity: number; amountMinor: number }): void {
  const carrier = largestOf(target);
  if (!carrier) return;
  carrier.quantity += stray.quantity;
  carrier.amountMinor += stray.amountMinor;
}

/** The item with the largest amount of those that have units; where none has, the first. */
function largestOf(target: HeldItem[]): HeldItem | undefined {
  const left = target.filter(({ quantity }) => quantity > 0);
  const larger = (best: HeldItem, item: HeldItem) =>
    item.amountMinor > best.amountMinor ? item : best;
  return left.length > 0 ? left.reduce(larger) : target[0];
}

/** impact.com's help pages: REJECTED where in doubt (impact.md, section 3.1). */
function dispositionFor({ isCancelled, cancelReason, isUnpaid, isRefunded }: Cause): Disposition {
  if (isCancelled && cancelReason === "fraud") return "CONS_FRAUD";
  if (isCancelled && cancelReason === "inventory") return "ITEM_OUT_OF_STOCK";
  if (isCancelled && cancelReason === "declined") return "ORDER_ERROR";
  if (isCancelled && cancelReason === "staff") return "ORDER_ERROR";
  if (isCancelled) return "REJECTED";
  if (isUnpaid) return "ORDER_ERROR";
  return isRefunded ? "ITEM_RETURNED" : "REJECTED";
}
