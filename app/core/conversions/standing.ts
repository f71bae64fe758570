import { statusFor, type OrderReason } from "../orders/order-state.ts";
import { statusOfParts } from "../orders/status-of-parts.ts";
import type { Order } from "../orders/order.ts";
import type { OrderStatusRow } from "../ports/order-stores.ts";
import type { PipelineStores } from "../ports/store.ts";
import { groupBy } from "../group-by.ts";
import type { OrderId, ShopDomain } from "../ids.ts";
import type { Conversion } from "./conversion.ts";

/** Where one conversion stands from now on, in the words of an order's line. */
export interface Standing {
  conversion: Pick<Conversion, "id" | "orderId" | "part">;
  reason: OrderReason;
  problem: string | null;
}

/** Where a conversion stands by itself: a whole order's says its order's line. */
export function standingOf(
  order: Pick<Order, "reason" | "problem">,
  { part, standing }: Pick<Conversion, "part" | "standing">,
): { reason: OrderReason; problem: string | null } {
  const { reason, problem } = order;
  return part && standing ? standing : { reason, problem };
}

/**
 * Tells on the orders' lines where their conversions stand; of several parts of one order its line
 * says what they come to together. The caller holds the orders' locks.
 */
export async function saveStandings(
  tx: Pick<PipelineStores, "conversions" | "orders">,
  shop: ShopDomain,
  standings: readonly Standing[],
  now: Date,
): Promise<void> {
  const wholes = standings.filter(({ conversion }) => !conversion.part);
  const parts = standings.filter(({ conversion }) => conversion.part);
  const statuses = wholes.map(({ conversion: { orderId }, reason, problem }) => ({
    orderId,
    ...statusFor(reason),
    problem,
  }));
  if (parts.length > 0) {
    await tx.conversions.saveStandings(
      shop,
      parts.map(({ conversion, ...standing }) => ({ conversionId: conversion.id, ...standing })),
    );
    const orderIds = [...new Set(parts.map(({ conversion }) => conversion.orderId))];
    statuses.push(...(await statusesOfParts(tx, shop, orderIds)));
  }
  if (statuses.length > 0) await tx.orders.saveStatuses(shop, statuses, now);
}

/** The same for one conversion. */
export async function saveStanding(
  tx: Pick<PipelineStores, "conversions" | "orders">,
  conversion: Pick<Conversion, "id" | "shop" | "orderId" | "part">,
  { reason, problem }: Pick<Standing, "reason" | "problem">,
  now: Date,
): Promise<void> {
  await saveStandings(tx, conversion.shop, [{ conversion, reason, problem }], now);
}

/** Says once more on the line of an order that several share what its parts come to. */
export async function retellOfParts(
  tx: Pick<PipelineStores, "conversions" | "orders">,
  { shop, orderId }: Pick<Order, "shop" | "orderId">,
  now: Date,
): Promise<void> {
  await tx.orders.saveStatuses(shop, await statusesOfParts(tx, shop, [orderId]), now);
}

async function statusesOfParts(
  tx: Pick<PipelineStores, "conversions">,
  shop: ShopDomain,
  orderIds: readonly OrderId[],
): Promise<OrderStatusRow[]> {
  const conversions = await tx.conversions.listForOrders(shop, orderIds);
  const byOrder = groupBy(conversions, ({ orderId }) => orderId);
  return [...byOrder].map(([orderId, parts]) => ({ orderId, ...statusOfParts(parts) }));
}
