import fc from "fast-check";
import type { EarnedFrom } from "#app/core/orders/earned-lines.ts";
import type { OrderLine, Refund, RefundLine } from "#app/core/orders/order-facts.ts";
import type { AmountBasis } from "#app/core/shops/report-settings.ts";
import { orderFactsWith, orderLineWith } from "./order-facts-with.ts";

/** What happened to an order, step by step: the truth that any reading of it must come to. */
export interface Story {
  currency: string;
  taxesIncluded: boolean;
  lines: OrderLine[];
  steps: Step[];
}

export type Step =
  /** Units sent back; Shopify may state a cent more or less for them than the line has. */
  | { kind: "refund"; line: number; units: number; cents: number; keptBack: number }
  /** Units taken out by an edit that no refund tells of. */
  | { kind: "edit"; line: number; units: number }
  | { kind: "money-back"; minor: number }
  | { kind: "shipping-back" };

const anyLine = fc
  .record({
    quantity: fc.integer({ min: 1, max: 9 }),
    gross: fc.nat(5_000_000),
    discount: fc.nat(100),
    tax: fc.nat(25),
    sku: fc.option(fc.constantFrom("A", "B", "")),
  })
  .map(({ quantity, gross, discount, tax, sku }) => {
    const discountMinor = Math.floor((gross * discount) / 100);
    const taxMinor = Math.floor(((gross - discountMinor) * tax) / 100);
    return { quantity, sku, grossMinor: gross, discountMinor, taxMinor };
  });

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant("refund" as const),
    line: fc.nat(5),
    units: fc.integer({ min: 1, max: 4 }),
    cents: fc.integer({ min: -1, max: 1 }),
    keptBack: fc.nat(60),
  }),
  fc.record({
    kind: fc.constant("edit" as const),
    line: fc.nat(5),
    units: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ kind: fc.constant("money-back" as const), minor: fc.nat(1_000_000) }),
  fc.record({ kind: fc.constant("shipping-back" as const) }),
);

/** Any order in a currency with 0, 2 or 3 decimals, and anything that happens to it afterwards. */
export const storyOfAnOrder: fc.Arbitrary<Story> = fc
  .record({
    currency: fc.constantFrom("JPY", "USD", "KWD"),
    taxesIncluded: fc.boolean(),
    lines: fc.array(anyLine, { minLength: 1, maxLength: 5 }),
    steps: fc.array(anyStep, { maxLength: 8 }),
  })
  .map(({ lines, ...story }) => ({
    ...story,
    lines: lines.map((line, index) =>
      orderLineWith({ ...line, lineId: String(index + 1), variantId: String(index + 1) }),
    ),
  }));

interface Told {
  order: EarnedFrom;
  /** By line: units taken out by edits, and by refunds. */
  edited: number[];
}

/** The order as Shopify tells it after all steps: newest facts, and every refund. */
export function toOrder(story: Story): EarnedFrom {
  return tell(story).order;
}

function tell({ currency, taxesIncluded, lines, steps }: Story): Told {
  const left = lines.map(({ quantity }) => quantity);
  const edited = lines.map(() => 0);
  const refunds: Refund[] = [];
  for (const [number, step] of steps.entries()) {
    if (step.kind === "edit") {
      const index = step.line % lines.length;
      const units = Math.min(step.units, left[index] ?? 0);
      left[index] = (left[index] ?? 0) - units;
      edited[index] = (edited[index] ?? 0) + units;
      continue;
    }
    refunds.push({
      refundId: `R${number}`,
      createdAt: new Date(Date.UTC(2026, 10, 24, number)),
      ...(step.kind === "refund" ? sentBack(step, lines, left, taxesIncluded) : { lines: [] }),
      ...(step.kind === "money-back" && { adjustmentMinor: -step.minor }),
      ...(step.kind === "shipping-back" && { adjustmentMinor: 0 }),
    } as Refund);
  }
  const now = lines.map((line, index) => ({ ...line, currentQuantity: left[index] ?? 0 }));
  return {
    order: { facts: orderFactsWith({ currency, taxesIncluded, lines: now, refunds }), refunds },
    edited,
  };
}

function sentBack(
  step: Extract<Step, { kind: "refund" }>,
  lines: OrderLine[],
  left: number[],
  taxesIncluded: boolean,
): Pick<Refund, "lines" | "adjustmentMinor"> {
  const index = step.line % lines.length;
  const line = lines[index];
  const units = Math.min(step.units, left[index] ?? 0);
  if (!line || units === 0) return { lines: [], adjustmentMinor: 0 };
  left[index] = (left[index] ?? 0) - units;
  const paid = line.grossMinor - line.discountMinor;
  const subtotalMinor = Math.max(0, Math.floor((paid * units) / line.quantity) + step.cents);
  const taxMinor = Math.min(subtotalMinor, Math.floor((line.taxMinor * units) / line.quantity));
  const net = subtotalMinor - (taxesIncluded ? taxMinor : 0);
  const refundLine: RefundLine = { lineId: line.lineId, quantity: units, subtotalMinor, taxMinor };
  return { lines: [refundLine], adjustmentMinor: Math.min(step.keptBack, net) };
}

/**
 * What the customer paid for in the end, worked out by itself, with fractions instead of rounding
 * steps: of each line what refunds left, by the share of units that edits left; of that as much as
 * the money that stays with the shop pays for, tax and goods alike.
 */
export function paidInTheEnd(story: Story, basis: AmountBasis): bigint {
  const { order, edited } = tell(story);
  const sumBy = (by: AmountBasis) =>
    order.facts.lines
      .map((line, index) => leftOf(order, line, edited[index] ?? 0, by))
      .reduce((sum, left) => sum + left, 0n);
  if (order.facts.lines.every(({ currentQuantity }) => currentQuantity === 0)) return 0n;
  const price = sumBy("net-with-tax");
  const balance = order.refunds.reduce((sum, one) => sum + BigInt(one.adjustmentMinor), 0n);
  const goods = positive(sumBy(basis));
  if (balance >= 0n || goods === 0n) return goods;
  const money = positive(price + balance);
  return money === 0n ? 0n : rounded(goods * money, price);
}

function leftOf(order: EarnedFrom, line: OrderLine, edited: number, basis: AmountBasis): bigint {
  const { taxesIncluded } = order.facts;
  const includedTax = taxesIncluded ? line.taxMinor : 0;
  const addedTax = taxesIncluded ? 0 : line.taxMinor;
  const quantity = BigInt(line.quantity);
  const kept = BigInt(line.currentQuantity);
  const whole = line.grossMinor - line.discountMinor;
  if (basis === "gross") return rounded(untaxed(line, BigInt(includedTax)) * kept, quantity);
  let rest = BigInt(basis === "net" ? whole - includedTax : whole + addedTax);
  for (const { lineId, subtotalMinor, taxMinor } of order.refunds.flatMap(({ lines }) => lines)) {
    if (lineId !== line.lineId) continue;
    if (basis === "net") rest -= BigInt(subtotalMinor - (taxesIncluded ? taxMinor : 0));
    else rest -= BigInt(subtotalMinor + (taxesIncluded ? 0 : taxMinor));
  }
  const unrefunded = kept + BigInt(edited);
  return edited === 0 || rest <= 0n ? rest : rounded(rest * kept, unrefunded);
}

/** Before discounts at the tax that was paid on the discounted price; a line's amount is a whole one. */
function untaxed({ grossMinor, discountMinor }: OrderLine, includedTax: bigint): bigint {
  const paid = BigInt(grossMinor - discountMinor);
  if (paid === 0n) return BigInt(grossMinor);
  return rounded(BigInt(grossMinor) * (paid - includedTax), paid);
}

function rounded(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}
