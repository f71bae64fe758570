import fc from "fast-check";
import { expect, test } from "vitest";
import {
  heldMinor,
  planAdjustment,
  type Cause,
  type EarnedItem,
} from "#app/core/adjustments/plan-adjustment.ts";
import type { HeldItem } from "#app/core/conversions/conversion.ts";

const NO_CAUSE: Cause = {
  isCancelled: false,
  cancelReason: null,
  isUnpaid: false,
  isRefunded: false,
};

const held = (sku: string, quantity: number, amountMinor: number): HeldItem => ({
  sku,
  quantity,
  amountMinor,
});
const earned = (sku: string, quantity: number, subtotalMinor: number): EarnedItem => ({
  sku,
  quantity,
  subtotalMinor,
});

const TWO_ITEMS = [held("MUG", 2, 4_000), held("KETTLE", 1, 4_900)];

function plan(holding: HeldItem[], items: EarnedItem[], cause: Partial<Cause> = {}) {
  const originalMinor = heldMinor(holding);
  return planAdjustment({
    held: holding,
    earned: items,
    originalMinor,
    cause: { ...NO_CAUSE, ...cause },
  });
}

test("where impact.com holds what is earned, nothing is done", () => {
  const items = [earned("KETTLE", 1, 4_900), earned("MUG", 2, 4_000)];
  expect(plan(TWO_ITEMS, items)).toEqual({ kind: "none" });
});

test("a unit and its money are taken off the item by its new absolute values", () => {
  expect(plan(TWO_ITEMS, [earned("MUG", 1, 2_000), earned("KETTLE", 1, 4_900)])).toEqual({
    kind: "modification",
    disposition: "ORDER_UPDATE",
    target: [held("MUG", 1, 2_000), held("KETTLE", 1, 4_900)],
  });
});

test("an item of which nothing is left goes to no units and no money", () => {
  expect(plan(TWO_ITEMS, [earned("MUG", 2, 4_000)])).toMatchObject({
    kind: "modification",
    target: [held("MUG", 2, 4_000), held("KETTLE", 0, 0)],
  });
});

test("money given back without goods lowers amounts and leaves the units", () => {
  expect(plan(TWO_ITEMS, [earned("MUG", 2, 3_551), earned("KETTLE", 1, 4_349)])).toMatchObject({
    target: [held("MUG", 2, 3_551), held("KETTLE", 1, 4_349)],
  });
});

test("an item impact.com was never told of is carried by the largest one it knows", () => {
  const items = [earned("MUG", 2, 4_000), earned("KETTLE", 1, 4_900), earned("TRAY", 3, 1_500)];
  expect(plan(TWO_ITEMS, items)).toMatchObject({
    kind: "modification",
    target: [held("MUG", 2, 4_000), held("KETTLE", 4, 6_400)],
  });
});

test("where only an unknown item is left, the first known one carries it, with its units", () => {
  expect(plan(TWO_ITEMS, [earned("TRAY", 3, 1_500)])).toMatchObject({
    kind: "modification",
    target: [held("MUG", 3, 1_500), held("KETTLE", 0, 0)],
  });
});

test("a free item among paid ones stays an item without money", () => {
  const holding = [...TWO_ITEMS, held("GIFT", 1, 0)];
  const items = [earned("MUG", 1, 2_000), earned("KETTLE", 1, 4_900), earned("GIFT", 1, 0)];
  expect(plan(holding, items)).toMatchObject({
    target: [held("MUG", 1, 2_000), held("KETTLE", 1, 4_900), held("GIFT", 1, 0)],
  });
});

test("all the money given back reverses the action, though the goods stay", () => {
  const items = [earned("MUG", 2, 0), earned("KETTLE", 1, 0)];
  expect(plan(TWO_ITEMS, items, { isRefunded: true })).toEqual({
    kind: "reversal",
    disposition: "ITEM_RETURNED",
    target: [held("MUG", 0, 0), held("KETTLE", 0, 0)],
  });
});

test("an order that was free from the start loses an item without being reversed", () => {
  const holding = [held("MUG", 2, 0), held("KETTLE", 1, 0)];
  expect(plan(holding, [earned("MUG", 1, 0)])).toMatchObject({
    kind: "modification",
    target: [held("MUG", 1, 0), held("KETTLE", 0, 0)],
  });
  expect(plan(holding, [])).toMatchObject({ kind: "reversal" });
});

const CAUSES: [string, Partial<Cause>, string][] = [
  ["fraud", { isCancelled: true, cancelReason: "fraud", isRefunded: true }, "CONS_FRAUD"],
  ["no stock", { isCancelled: true, cancelReason: "inventory" }, "ITEM_OUT_OF_STOCK"],
  ["a declined payment", { isCancelled: true, cancelReason: "declined" }, "ORDER_ERROR"],
  ["a mistake of the staff", { isCancelled: true, cancelReason: "staff" }, "ORDER_ERROR"],
  ["the customer's wish", { isCancelled: true, cancelReason: "customer" }, "REJECTED"],
  ["no reason given", { isCancelled: true }, "REJECTED"],
  ["a payment that never came", { isUnpaid: true }, "ORDER_ERROR"],
  ["everything returned", { isRefunded: true }, "ITEM_RETURNED"],
  ["everything edited away", {}, "REJECTED"],
];

test.each(CAUSES)("a reversal for %s says so in impact.com's words", (_, cause, disposition) => {
  expect(plan(TWO_ITEMS, [], cause)).toMatchObject({ kind: "reversal", disposition });
});

const SKUS = ["A", "B", "C", "D", "E"];

const earnedItems = fc
  .uniqueArray(fc.constantFrom(...SKUS), { maxLength: SKUS.length })
  .chain((skus) =>
    fc.tuple(
      ...skus.map((sku) =>
        fc.record({
          sku: fc.constant(sku),
          quantity: fc.integer({ min: 1, max: 9 }),
          subtotalMinor: fc.integer({ min: 0, max: 100_000 }),
        }),
      ),
    ),
  )
  .map((items): EarnedItem[] => items);
const sentItems = earnedItems.filter((items) => items.length > 0);
const sumOf = (items: EarnedItem[]) => items.reduce((sum, item) => sum + item.subtotalMinor, 0);

/** What impact.com holds once a plan is applied. */
function apply(holding: HeldItem[], items: EarnedItem[], originalMinor: number): HeldItem[] {
  const decided = planAdjustment({
    held: holding,
    earned: items,
    originalMinor,
    cause: NO_CAUSE,
  });
  return decided.kind === "none" ? holding : decided.target;
}

const asHeld = (items: EarnedItem[]) =>
  items.map(({ sku, quantity, subtotalMinor }) => held(sku, quantity, subtotalMinor));

test("whatever was sent and whatever is earned: the money held is the money earned", () => {
  fc.assert(
    fc.property(sentItems, earnedItems, (sent, now) => {
      const after = apply(asHeld(sent), now, sumOf(sent));
      expect(heldMinor(after)).toBe(sumOf(now));
      expect(after.map(({ sku }) => sku)).toEqual(sent.map(({ sku }) => sku));
      for (const item of after) if (item.quantity === 0) expect(item.amountMinor).toBe(0);
      const units = after.reduce((sum, { quantity }) => sum + quantity, 0);
      const earnedUnits = now.reduce((sum, { quantity }) => sum + quantity, 0);
      if (sumOf(now) > 0) expect(units).toBe(earnedUnits);
    }),
  );
});

test("a plan that was applied leaves nothing to do", () => {
  fc.assert(
    fc.property(sentItems, earnedItems, (sent, now) => {
      const originalMinor = sumOf(sent);
      const after = apply(asHeld(sent), now, originalMinor);
      const again = planAdjustment({ held: after, earned: now, originalMinor, cause: NO_CAUSE });
      expect(again).toEqual({ kind: "none" });
    }),
  );
});

test("step by step or at once, impact.com ends up with the same", () => {
  fc.assert(
    fc.property(sentItems, fc.array(earnedItems), earnedItems, (sent, between, last) => {
      const originalMinor = sumOf(sent);
      const stepwise = [...between, last].reduce(
        (holding, items) => apply(holding, items, originalMinor),
        asHeld(sent),
      );
      expect(stepwise).toEqual(apply(asHeld(sent), last, originalMinor));
    }),
  );
});
