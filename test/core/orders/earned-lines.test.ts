import fc from "fast-check";
import { expect, test } from "vitest";
import { earnedLines, earnedMinor, type EarnedFrom } from "#app/core/orders/earned-lines.ts";
import type { OrderLine, Refund } from "#app/core/orders/order-facts.ts";
import type { AmountBasis } from "#app/core/shops/report-settings.ts";
import { orderFactsWith, orderLineWith } from "#test/core/given/order-facts-with.ts";
import { paidInTheEnd, storyOfAnOrder, toOrder, type Step } from "#test/core/given/order-story.ts";

function orderOf(lines: OrderLine[], refunds: Refund[] = [], changes = {}): EarnedFrom {
  return { facts: orderFactsWith({ lines, ...changes }), refunds };
}

function refundOf(id: string, changes: Partial<Refund>): Refund {
  return {
    refundId: id,
    createdAt: new Date("2026-11-23T12:00:00Z"),
    lines: [],
    adjustmentMinor: 0,
    ...changes,
  };
}

function amounts(order: EarnedFrom, basis: AmountBasis = "net") {
  return earnedLines(order, basis).map(({ lineId, quantity, amountMinor }) => [
    lineId,
    quantity,
    amountMinor,
  ]);
}

const mugs = orderLineWith({
  lineId: "1",
  quantity: 3,
  grossMinor: 6_000,
  discountMinor: 1_000,
  taxMinor: 1_000,
});
const kettle = orderLineWith({ lineId: "2", quantity: 1, grossMinor: 5_000, taxMinor: 1_000 });

test.each<[AmountBasis, boolean, number]>([
  ["net", false, 5_000],
  ["net", true, 4_000],
  ["net-with-tax", false, 6_000],
  ["net-with-tax", true, 5_000],
  ["gross", false, 6_000],
  ["gross", true, 4_800],
])("an untouched line's amount by %s, taxes included: %s", (basis, taxesIncluded, amount) => {
  expect(amounts(orderOf([mugs], [], { taxesIncluded }), basis)).toEqual([["1", 3, amount]]);
});

test("gross leaves out the tax that the prices include", () => {
  const line = orderLineWith({ lineId: "1", grossMinor: 1_200, taxMinor: 200 });
  expect(amounts(orderOf([line], [], { taxesIncluded: true }), "gross")).toEqual([["1", 1, 1_000]]);
});

test("gross leaves out the tax that full prices include, not the tax on what was paid", () => {
  const line = orderLineWith({ grossMinor: 11_900, discountMinor: 1_900, taxMinor: 1_597 });
  const [whole] = earnedLines(orderOf([line], [], { taxesIncluded: true }), "gross");
  expect(whole?.amountMinor).toBe(10_000);
  const free = orderLineWith({ grossMinor: 11_900, discountMinor: 11_900 });
  const [given] = earnedLines(orderOf([free], [], { taxesIncluded: true }), "gross");
  expect(given?.amountMinor).toBe(11_900);
});

test("a refunded unit takes away exactly what Shopify states for it, and its units", () => {
  const refund = refundOf("R1", {
    lines: [{ lineId: "1", quantity: 1, subtotalMinor: 1_667, taxMinor: 333 }],
  });
  const order = (taxesIncluded: boolean) => orderOf([mugs, kettle], [refund], { taxesIncluded });
  expect(amounts(order(false))).toEqual([
    ["1", 2, 3_333],
    ["2", 1, 5_000],
  ]);
  expect(amounts(order(true))).toEqual([
    ["1", 2, 2_666],
    ["2", 1, 4_000],
  ]);
  expect(amounts(order(false), "net-with-tax")).toEqual([
    ["1", 2, 4_000],
    ["2", 1, 6_000],
  ]);
  expect(amounts(order(false), "gross")).toEqual([
    ["1", 2, 4_000],
    ["2", 1, 5_000],
  ]);
});

test("a cent by which Shopify's refund and the line differ is made up by the lines that are left", () => {
  const line = (lineId: string, discountMinor: number) =>
    orderLineWith({ lineId, grossMinor: 19_900, discountMinor });
  const refund = refundOf("R1", {
    lines: [
      { lineId: "3", quantity: 1, subtotalMinor: 19_566, taxMinor: 0 },
      { lineId: "1", quantity: 1, subtotalMinor: 19_567, taxMinor: 0 },
    ],
  });
  const three = [line("1", 334), line("2", 333), line("3", 333)];
  expect(amounts(orderOf(three, [refund]))).toEqual([["2", 1, 19_567]]);
  const overdrawn = refundOf("R1", {
    lines: [{ lineId: "1", quantity: 1, subtotalMinor: 19_568, taxMinor: 0 }],
  });
  expect(amounts(orderOf([line("1", 334), line("2", 333)], [overdrawn]))).toEqual([
    ["2", 1, 19_565],
  ]);
});

test("units that an edit removed take their share, and no more once a refund tells of them", () => {
  const edited = { ...mugs, currentQuantity: 2 };
  expect(amounts(orderOf([edited]))).toEqual([["1", 2, 3_333]]);
  const refund = refundOf("R1", {
    lines: [{ lineId: "1", quantity: 1, subtotalMinor: 1_667, taxMinor: 333 }],
  });
  expect(amounts(orderOf([edited], [refund]))).toEqual([["1", 2, 3_333]]);
});

test("a refund that comes before the order's newer facts counts its units all the same", () => {
  const refund = refundOf("R1", {
    lines: [{ lineId: "1", quantity: 3, subtotalMinor: 5_000, taxMinor: 1_000 }],
  });
  expect(amounts(orderOf([mugs, kettle], [refund]))).toEqual([["2", 1, 5_000]]);
});

test("money given back is spread over the lines by what they are worth, to the cent", () => {
  const lines = [1, 2, 3].map((id) => orderLineWith({ lineId: String(id), grossMinor: 1_000 }));
  const refund = refundOf("R1", { adjustmentMinor: -1_000 });
  expect(amounts(orderOf(lines, [refund]))).toEqual([
    ["1", 1, 667],
    ["2", 1, 667],
    ["3", 1, 666],
  ]);
});

test("money kept back raises nothing, and a pending refund's difference cancels itself", () => {
  const kept = refundOf("R1", {
    lines: [{ lineId: "1", quantity: 3, subtotalMinor: 5_000, taxMinor: 1_000 }],
    adjustmentMinor: 500,
  });
  expect(amounts(orderOf([mugs, kettle], [kept]))).toEqual([["2", 1, 5_000]]);
  const paidOut = refundOf("R2", { adjustmentMinor: -500 });
  expect(amounts(orderOf([mugs, kettle], [kept, paidOut]))).toEqual([["2", 1, 5_000]]);
});

test("money given back is tax by the part that the goods' tax is of their price", () => {
  const kettles = orderLineWith({
    lineId: "1",
    quantity: 2,
    grossMinor: 9_800,
    discountMinor: 980,
  });
  const back = (minor: number) => [refundOf("R1", { adjustmentMinor: -minor })];
  const included = [{ ...kettles, taxMinor: 1_408 }];
  const taxed = orderOf(included, back(7_500), { taxesIncluded: true });
  // 13.20 of the 88.20 stay with the shop, 2.11 of them tax.
  expect(amounts(taxed)).toEqual([["1", 2, 1_109]]);
  expect(amounts(taxed, "net-with-tax")).toEqual([["1", 2, 1_320]]);
  const onTop = [orderLineWith({ lineId: "1", grossMinor: 10_000, taxMinor: 800 })];
  expect(amounts(orderOf(onTop, back(5_400)))).toEqual([["1", 1, 5_000]]);
  expect(amounts(orderOf(onTop, back(10_799)))).toEqual([["1", 1, 1]]);
});

test("all money back leaves nothing, whatever the basis", () => {
  for (const basis of ["net", "net-with-tax", "gross"] as const) {
    const back = (minor: number) => [refundOf("R1", { adjustmentMinor: -minor })];
    const left = (minor: number) => sumOf(orderOf([mugs, kettle], back(minor)), basis);
    expect(left(12_000)).toBe(0);
    expect(left(6_000)).toBe({ net: 5_000, "net-with-tax": 6_000, gross: 5_500 }[basis]);
  }
});

test("a gift card is nobody's to earn, and its refund takes nothing from the goods", () => {
  const card = orderLineWith({ lineId: "9", giftCard: true, grossMinor: 10_000 });
  const refund = refundOf("R1", {
    lines: [{ lineId: "9", quantity: 1, subtotalMinor: 10_000, taxMinor: 0 }],
  });
  expect(amounts(orderOf([card, kettle], [refund]))).toEqual([["2", 1, 5_000]]);
});

test("a tip is nobody's to earn, and its refund takes nothing from the goods", () => {
  const tip = orderLineWith({ lineId: "9", tip: true, grossMinor: 900 });
  const refund = refundOf("R1", {
    lines: [{ lineId: "9", quantity: 1, subtotalMinor: 900, taxMinor: 0 }],
  });
  for (const basis of ["net", "net-with-tax", "gross"] as const) {
    const goods = sumOf(orderOf([kettle]), basis);
    expect(sumOf(orderOf([tip, kettle]), basis)).toBe(goods);
    expect(sumOf(orderOf([tip, kettle], [refund]), basis)).toBe(goods);
  }
});

test.each([
  ["cancelled", { cancelledAt: new Date("2026-11-23T12:00:00Z") }],
  ["voided", { financialStatus: "voided" }],
  ["expired", { financialStatus: "expired" }],
])("an order that is %s leaves nothing", (_what, changes) => {
  expect(earnedLines(orderOf([mugs], [], changes), "net")).toEqual([]);
});

test("an order that is deleted at Shopify leaves nothing", () => {
  const order = { ...orderOf([mugs]), deletedAt: new Date("2026-11-23T12:00:00Z") };
  expect(earnedLines(order, "net")).toEqual([]);
});

test("a free line is still an item of the order", () => {
  const free = orderLineWith({ lineId: "1", grossMinor: 2_000, discountMinor: 2_000 });
  expect(amounts(orderOf([free]))).toEqual([["1", 1, 0]]);
});

const anyBasis = fc.constantFrom<AmountBasis>("net", "net-with-tax", "gross");
const sumOf = (order: EarnedFrom, basis: AmountBasis) => earnedMinor(earnedLines(order, basis));

test("after any refunds and edits the lines sum to what the customer paid for in the end", () => {
  fc.assert(
    fc.property(storyOfAnOrder, anyBasis, (story, basis) => {
      const order = toOrder(story);
      const lines = earnedLines(order, basis);
      expect(BigInt(earnedMinor(lines))).toBe(paidInTheEnd(story, basis));
      const kept = order.facts.lines.filter((line) => line.currentQuantity > 0);
      expect(lines.map(({ lineId, quantity }) => [lineId, quantity])).toEqual(
        kept.map(({ lineId, currentQuantity }) => [lineId, currentQuantity]),
      );
      for (const { amountMinor } of lines) expect(amountMinor).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 1_000 },
  );
});

test("refunds come in any order and any number of times, and the lines are the same", () => {
  const shuffled = storyOfAnOrder.chain((story) => {
    const { refunds } = toOrder(story);
    const arrived = fc.shuffledSubarray([...refunds, ...refunds], {
      minLength: refunds.length * 2,
    });
    return fc.tuple(fc.constant(story), arrived);
  });
  fc.assert(
    fc.property(shuffled, anyBasis, ([story, arrived], basis) => {
      const order = toOrder(story);
      expect(earnedLines({ ...order, refunds: arrived }, basis)).toEqual(earnedLines(order, basis));
    }),
  );
});

/** What was kept back the customer did pay, so it makes up for money given back before. */
const withoutMoneyKept = (step: Step): Step =>
  step.kind === "refund" ? { ...step, keptBack: 0 } : step;

test("no refund, edit or money given back ever raises what is earned", () => {
  fc.assert(
    fc.property(storyOfAnOrder, anyBasis, (story, basis) => {
      const told = story.steps.map(withoutMoneyKept);
      const after = (steps: Step[]) => sumOf(toOrder({ ...story, steps }), basis);
      const sums = [...told.keys(), told.length].map((count) => after(told.slice(0, count)));
      for (const [index, sum] of sums.slice(1).entries())
        expect(sum).toBeLessThanOrEqual(sums[index] ?? 0);
    }),
    { numRuns: 1_000 },
  );
});
