import fc from "fast-check";
import { expect, test } from "vitest";
import { closeToStated } from "#app/core/orders/close-to-stated.ts";
import { earnedLines } from "#app/core/orders/earned-lines.ts";
import type { CurrentTotals, OrderFacts, OrderLine, Refund } from "#app/core/orders/order-facts.ts";
import { orderFactsWith, orderLineWith } from "#test/core/given/order-facts-with.ts";

/** Two at 49.00, 9.80 off, of which one was taken off and put back at full price: 93.10 are paid. */
const putBack = orderLineWith({
  lineId: "1",
  quantity: 3,
  currentQuantity: 2,
  grossMinor: 14_700,
  discountMinor: 980,
});
const mug = orderLineWith({ lineId: "2", grossMinor: 2_000 });

function amounts(
  lines: OrderLine[],
  current: CurrentTotals | null,
  changes: Partial<OrderFacts> = {},
  refunds: Refund[] = [],
) {
  const facts = orderFactsWith({ lines, current, ...changes });
  return earnedLines({ facts, refunds }, "net").map(({ amountMinor }) => amountMinor);
}

test("units edited off and put back are worth what Shopify says the order comes to now", () => {
  expect(amounts([putBack, mug], { subtotalMinor: 11_310, taxMinor: 0 })).toEqual([9_310, 2_000]);
});

test("an order stored before Shopify's figure was kept goes by the line's average", () => {
  expect(amounts([putBack, mug], null)).toEqual([9_147, 2_000]);
});

test("a figure that the units' price does not allow is not followed", () => {
  for (const subtotalMinor of [0, 2_000, 11_800 + 1]) {
    expect(amounts([putBack, mug], { subtotalMinor, taxMinor: 0 })).toEqual([9_147, 2_000]);
  }
});

test("a figure from before the newest refund is not followed", () => {
  const updatedAt = new Date("2026-11-24T10:00:00Z");
  const current = { subtotalMinor: 11_310, taxMinor: 0 };
  const refund = (createdAt: Date): Refund[] => [
    {
      refundId: "R1",
      createdAt,
      adjustmentMinor: 0,
      lines: [{ lineId: "2", quantity: 1, subtotalMinor: 2_000, taxMinor: 0 }],
    },
  ];
  const later = refund(new Date("2026-11-24T10:00:01Z"));
  expect(amounts([putBack, mug], current, { updatedAt }, later)).toEqual([9_147]);
  const known = { subtotalMinor: 9_310, taxMinor: 0 };
  expect(amounts([putBack, mug], known, { updatedAt }, refund(updatedAt))).toEqual([9_310]);
});

test("it is of no matter whether Shopify counts gift cards into its subtotal", () => {
  const card = orderLineWith({ lineId: "3", giftCard: true, grossMinor: 50_000 });
  for (const cards of [0, 50_000]) {
    const current = { subtotalMinor: 11_310 + cards, taxMinor: 0 };
    expect(amounts([putBack, mug, card], current)).toEqual([9_310, 2_000]);
  }
});

test("it is of no matter whether Shopify counts tips into its subtotal, or gift cards", () => {
  const tip = orderLineWith({ lineId: "3", tip: true, grossMinor: 4_000 });
  const card = orderLineWith({ lineId: "4", giftCard: true, grossMinor: 50_000 });
  for (const others of [0, 4_000, 50_000, 54_000]) {
    const current = { subtotalMinor: 11_310 + others, taxMinor: 0 };
    expect(amounts([putBack, mug, tip, card], current)).toEqual([9_310, 2_000]);
  }
});

test("the tax in what is left is Shopify's, unless there must be other tax in it", () => {
  const line = { ...putBack, taxMinor: 2_191 };
  const goods = { taxesIncluded: true };
  // 93.10 hold 14.86 of 19 %; by the line's own rate it would be 14.87.
  expect(amounts([line], { subtotalMinor: 9_310, taxMinor: 1_486 }, goods)).toEqual([7_824]);
  expect(amounts([line], { subtotalMinor: 9_310, taxMinor: 1_486 + 112 }, goods)).toEqual([7_823]);
});

test("lines without an edit outside refunds are never touched by the order's figure", () => {
  fc.assert(
    fc.property(fc.nat(30_000), fc.nat(5_000), (subtotalMinor, taxMinor) => {
      const facts = orderFactsWith({ lines: [mug], current: { subtotalMinor, taxMinor } });
      expect(closeToStated(facts, [])).toEqual(new Map());
    }),
  );
});

test("several open lines come to the figure together, each between its lowest and highest worth", () => {
  const open = fc.record({
    price: fc.nat(9_999),
    off: fc.nat(100),
    quantity: fc.integer({ min: 2, max: 6 }),
    gone: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(open, { minLength: 1, maxLength: 5 }), fc.nat(100), (given, percent) => {
      const lines = given.map(({ price, off, quantity, gone }, index) => {
        const grossMinor = price * quantity;
        const discountMinor = Math.floor((grossMinor * off) / 100);
        const currentQuantity = Math.max(0, quantity - gone);
        const lineId = String(index);
        return orderLineWith({ lineId, quantity, currentQuantity, grossMinor, discountMinor });
      });
      const paid = (line: OrderLine) => line.grossMinor - line.discountMinor;
      const price = (line: OrderLine, units: number) => (line.grossMinor / line.quantity) * units;
      const most = (line: OrderLine) => Math.min(paid(line), price(line, line.currentQuantity));
      const least = (line: OrderLine) =>
        Math.max(0, paid(line) - price(line, line.quantity - line.currentQuantity));
      const total = (of: (line: OrderLine) => number) =>
        lines.reduce((sum, one) => sum + of(one), 0);
      const subtotalMinor =
        total(least) + Math.floor(((total(most) - total(least)) * percent) / 100);
      const facts = orderFactsWith({ lines, current: { subtotalMinor, taxMinor: 0 } });
      const closed = closeToStated(facts, []);
      const amountOf = ({ lineId }: OrderLine) => closed.get(lineId)?.subtotalMinor ?? 0;
      expect(total(amountOf)).toBe(subtotalMinor);
      for (const line of lines) {
        expect(amountOf(line)).toBeGreaterThanOrEqual(least(line));
        expect(amountOf(line)).toBeLessThanOrEqual(most(line));
      }
    }),
  );
});
