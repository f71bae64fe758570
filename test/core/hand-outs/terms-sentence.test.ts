import { expect, test } from "vitest";
import type { DiscountTerms } from "#app/core/codes/discount.ts";
import { termsSentence } from "#app/core/hand-outs/terms-sentence.ts";

const NOW = new Date("2026-11-26T12:00:00Z");
const PLAIN: DiscountTerms = {
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
