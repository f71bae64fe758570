import { expect, test } from "vitest";
import { orderArithmetic } from "#app/core/orders/order-arithmetic.ts";
import type { OrderFacts, Refund } from "#app/core/orders/order-facts.ts";
import { orderFactsWith, orderLineWith } from "#test/core/given/order-facts-with.ts";

/** Two mugs for $40.00 less $4.00, with $6.00 of tax in the price; a gift card of $50.00. */
const MUGS = orderLineWith({
  lineId: "1",
  quantity: 2,
  grossMinor: 4_000,
  discountMinor: 400,
  taxMinor: 600,
});
const CARD = orderLineWith({ lineId: "2", giftCard: true, grossMinor: 5_000 });

const ONE_MUG_BACK: Refund = {
  refundId: "1",
  createdAt: new Date("2026-11-24T10:00:00Z"),
  lines: [{ lineId: "1", quantity: 1, subtotalMinor: 1_800, taxMinor: 300 }],
  adjustmentMinor: 0,
};

function arithmeticOf(facts: Partial<OrderFacts>, refunds: Refund[] = []) {
  const order = { facts: orderFactsWith({ lines: [MUGS, CARD], ...facts }), refunds };
  return (basis: "net" | "net-with-tax" | "gross") =>
    orderArithmetic({ ...order, deletedAt: null }, basis);
}

test("each basis goes from the price to what is earned by its own steps", () => {
  const included = arithmeticOf({ taxesIncluded: true });
  expect(included("net").totals).toMatchObject({
    grossMinor: 4_000,
    discountMinor: -400,
    taxMinor: -600,
    orderedMinor: 3_000,
  });
  expect(included("net-with-tax").totals).toMatchObject({ taxMinor: 0, orderedMinor: 3_600 });
  expect(included("gross").totals).toMatchObject({ discountMinor: 0, orderedMinor: 3_333 });
  const onTop = arithmeticOf({ taxesIncluded: false });
  expect(onTop("net").totals).toMatchObject({ taxMinor: 0, orderedMinor: 3_600 });
  expect(onTop("net-with-tax").totals).toMatchObject({ taxMinor: 600, orderedMinor: 4_200 });
});

test("an untouched order earns what was ordered, by any basis", () => {
  for (const taxesIncluded of [true, false]) {
    const arithmetic = arithmeticOf({ taxesIncluded });
    for (const basis of ["net", "net-with-tax", "gross"] as const) {
      const { totals } = arithmetic(basis);
      expect(totals.takenMinor).toBe(0);
      expect(totals.earnedMinor).toBe(totals.orderedMinor);
    }
  }
});

test("a refund is the step from what was ordered to what is earned", () => {
  const { lines } = arithmeticOf({ taxesIncluded: true }, [ONE_MUG_BACK])("net");
  expect(lines[0]).toMatchObject({
    units: 2,
    unitsKept: 1,
    orderedMinor: 3_000,
    takenMinor: -1_500,
    earnedMinor: 1_500,
  });
});

test("a gift card counts nowhere", () => {
  const { lines } = arithmeticOf({})("net");
  expect(lines[1]).toMatchObject({ giftCard: true, grossMinor: 0, earnedMinor: 0, unitsKept: 0 });
});

test("a cancelled order earns nothing of what was ordered", () => {
  const cancelledAt = new Date("2026-11-24T10:00:00Z");
  const { totals } = arithmeticOf({ cancelledAt })("net");
  expect(totals).toMatchObject({ orderedMinor: 3_600, takenMinor: -3_600, earnedMinor: 0 });
});
