import { expect, test } from "vitest";
import { PLAIN_DETAILS, type DiscountTerms } from "#app/core/codes/discount.ts";
import { termsSentence } from "#app/core/hand-outs/terms-sentence.ts";

const NOW = new Date("2026-11-26T12:00:00Z");
const PLAIN: DiscountTerms = {
  ...PLAIN_DETAILS,
  title: "Creators",
  value: { kind: "percentage", basisPoints: 1_500 },
  currency: "USD",
  startsAt: new Date("2026-11-01T04:00:00Z"),
  endsAt: null,
  usageLimit: null,
  oncePerCustomer: false,
  combines: true,
  minimumMinor: null,
};

function say(changes: Partial<DiscountTerms>, timeZone = "America/New_York"): string {
  return termsSentence({ ...PLAIN, ...changes }, { timeZone, now: NOW });
}

test("terms are said in one sentence, with days of the shop", () => {
  expect(say({})).toBe("15% off.");
  expect(
    say({
      minimumMinor: 3_000,
      oncePerCustomer: true,
      endsAt: new Date("2027-01-01T05:00:00Z"),
    }),
  ).toBe(
    "15% off orders of at least $30.00, once per customer, until December 31, 2026 (Eastern Time).",
  );
});

test("an amount, a limit and what does not combine are said too", () => {
  const value = { kind: "amount", minor: 1_000 } as const;
  expect(say({ value, usageLimit: 1_000, combines: false })).toBe(
    "$10.00 off, for the first 1,000 orders, not together with other order discounts.",
  );
  expect(say({ value: { kind: "percentage", basisPoints: 1_250 }, usageLimit: 1 })).toBe(
    "12.5% off, for one order.",
  );
  expect(say({ value, currency: "JPY" }, "Asia/Tokyo")).toBe("¥1,000 off.");
});

test("a start that has yet to come is said, and an end within a day with its time", () => {
  const startsAt = new Date("2026-12-01T05:00:00Z");
  expect(say({ startsAt, endsAt: new Date("2026-12-05T20:30:00Z") })).toBe(
    "15% off, from December 1, 2026 until December 5, 2026, 3:30 PM (Eastern Time).",
  );
});

test("a discount that Shopify alone knows is said by its name", () => {
  expect(say({ title: "Free shipping week", value: { kind: "other" } })).toBe(
    "The discount “Free shipping week”.",
  );
});

test("what it holds on, and for whom, is said too", () => {
  const chosen = ["Mug", "Tea", "Scarf"].map((title) => ({ id: title, title }));
  expect(say({ items: { kind: "products", chosen }, minimumQuantity: 2 })).toBe(
    "15% off on Mug, Tea, and Scarf when buying at least 2 items.",
  );
  const many = [...chosen, { id: "4", title: "Bag" }];
  expect(say({ items: { kind: "collections", chosen: many }, minimumMinor: 5_000 })).toBe(
    "15% off on selected collections when buying for at least $50.00.",
  );
  expect(say({ value: { kind: "amount-each", minor: 250 }, purchases: "subscription" })).toBe(
    "$2.50 off each item, on subscriptions only.",
  );
  expect(say({ purchases: "both", cycles: 3, buyers: { kind: "other" } })).toBe(
    "15% off, for the first 3 payments of a subscription, for selected customers.",
  );
  expect(say({ value: { kind: "free-shipping", mostMinor: null } })).toBe("Free shipping.");
  expect(say({ value: { kind: "free-shipping", mostMinor: 900 } })).toBe(
    "Free shipping where it costs at most $9.00.",
  );
});
