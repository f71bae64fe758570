import { expect, test } from "vitest";
import { readDiscountDraft, type DiscountDraft } from "#app/core/codes/discount-draft.ts";
import { PLAIN_DETAILS } from "#app/core/codes/discount.ts";
import { draftFor } from "#test/support/merchant.ts";

const NEW_YORK = {
  currency: "USD",
  timeZone: "America/New_York",
  now: new Date("2026-01-10T15:00:00Z"),
};

function read(changes: Partial<DiscountDraft>, shop: Partial<typeof NEW_YORK> = {}) {
  const draft = draftFor([["10001", "ANNA10"]], { startsOn: "2026-01-10", ...changes });
  return readDiscountDraft(draft, { ...NEW_YORK, ...shop });
}

function problemsOf(changes: Partial<DiscountDraft>, shop: Partial<typeof NEW_YORK> = {}) {
  return read(changes, shop).problems;
}

test("a form that is right has no problem and becomes terms", () => {
  const { terms, problems } = read({
    title: "  Creators ",
    value: "12.5 %",
    startsOn: "2026-02-01",
    endsOn: "2026-02-28",
    usageLimit: "100",
    oncePerCustomer: true,
    minimum: "50",
  });
  expect(problems).toEqual([]);
  expect(terms).toEqual({
    ...PLAIN_DETAILS,
    title: "Creators",
    value: { kind: "percentage", basisPoints: 1_250 },
    currency: "USD",
    startsAt: new Date("2026-02-01T05:00:00Z"),
    endsAt: new Date("2026-03-01T05:00:00Z"),
    usageLimit: 100,
    oncePerCustomer: true,
    combines: true,
    minimumMinor: 5_000,
  });
});

const MANY = Array.from({ length: 101 }, (_, at) => ({ id: String(at), title: `${at}` }));

const WRONG: [what: string, changes: Partial<DiscountDraft>, field: string, message: RegExp][] = [
  ["no name", { title: "  " }, "title", /Give the discount a name/],
  ["too long a name", { title: "x".repeat(256) }, "title", /at most 255/],
  ["no partner", { codes: [] }, "partners", /at least one partner/],
  ["no percentage", { value: "" }, "value", /0\.01 to 100/],
  ["zero percent", { value: "0" }, "value", /0\.01 to 100/],
  ["more than all", { value: "100.01" }, "value", /0\.01 to 100/],
  ["three decimals of a percent", { value: "1.005" }, "value", /two decimals/],
  ["a percentage in words", { value: "ten" }, "value", /0\.01 to 100/],
  ["a negative percentage", { value: "-5" }, "value", /0\.01 to 100/],
  ["no amount", { valueKind: "amount", value: "" }, "value", /is no amount in USD/],
  ["an amount of nothing", { valueKind: "amount", value: "0.00" }, "value", /above zero/],
  ["a negative amount", { valueKind: "amount", value: "-5" }, "value", /above zero/],
  ["no first day", { startsOn: "" }, "startsOn", /first day as year-month-day/],
  ["a first day in words", { startsOn: "tomorrow" }, "startsOn", /first day/],
  ["a day no month has", { startsOn: "2026-02-30" }, "startsOn", /first day/],
  ["a thirteenth month", { startsOn: "2026-13-01" }, "startsOn", /first day/],
  ["a month zero", { endsOn: "2026-00-10" }, "endsOn", /last day as year-month-day/],
  ["a last day no month has", { endsOn: "2026-04-31" }, "endsOn", /last day as year-month-day/],
  [
    "an end before its start",
    { startsOn: "2026-03-02", endsOn: "2026-03-01" },
    "endsOn",
    /must not lie before/,
  ],
  ["an end in the past", { endsOn: "2026-01-09" }, "endsOn", /must not lie before/],
  ["no use at all", { usageLimit: "0" }, "usageLimit", /whole number of uses/],
  ["half a use", { usageLimit: "1.5" }, "usageLimit", /whole number of uses/],
  ["uses in words", { usageLimit: "many" }, "usageLimit", /whole number of uses/],
  ["a minimum of nothing", { minimum: "0" }, "minimum", /above zero, or leave it empty/],
  ["no item at least", { minimumKind: "quantity", minimum: "0" }, "minimum", /number of items/],
  ["half an item", { minimumKind: "quantity", minimum: "1.5" }, "minimum", /number of items/],
  ["no amount off each", { valueKind: "amount-each", value: "0" }, "value", /above zero/],
  [
    "shipping that costs nothing at most",
    { valueKind: "free-shipping", mostShipping: "0" },
    "mostShipping",
    /above zero, or leave it empty/,
  ],
  ["no product", { itemsKind: "products" }, "items", /at least one product/],
  ["no collection", { itemsKind: "collections" }, "items", /at least one collection/],
  ["too many products", { itemsKind: "products", items: MANY }, "items", /at most 100 products/],
  ["no segment", { buyersKind: "segments" }, "segments", /at least one customer segment/],
  [
    "too many segments",
    { buyersKind: "segments", segments: MANY },
    "segments",
    /at most 100 customer segments/,
  ],
  ["no payment", { purchases: "both", cycles: "0" }, "cycles", /whole number of payments/],
  ["five tags", { tags: "a, b, c, d, e" }, "tags", /at most 4 tags/],
  ["a long tag", { tags: "x".repeat(256) }, "tags", /at most 255 characters/],
  ["this app's own tag", { tags: "partner-codes-1" }, "tags", /this app's own/],
  ["a minimum in words", { minimum: "fifty" }, "minimum", /is no amount in USD/],
];

test.each(WRONG)("%s gets one sentence beside its field", (_what, changes, field, message) => {
  const problems = problemsOf(changes);
  expect(problems).toEqual([{ field, message: expect.stringMatching(message) as string }]);
  expect(problems[0]?.message).toMatch(/\.$/);
});

test("every wrong field is told at once", () => {
  const fields = problemsOf({
    title: "",
    value: "",
    startsOn: "",
    usageLimit: "x",
    minimum: "x",
    codes: [],
  });
  expect(fields.map(({ field }) => field).toSorted()).toEqual([
    "minimum",
    "partners",
    "startsOn",
    "title",
    "usageLimit",
    "value",
  ]);
});

test("a discount that starts today starts this moment", () => {
  expect(read({ startsOn: "2026-01-10" }).terms.startsAt).toEqual(NEW_YORK.now);
  expect(read({ startsOn: "2025-12-24" }).terms.startsAt).toEqual(NEW_YORK.now);
});

test("the last day counts to its midnight, and may be today or the first day", () => {
  expect(read({ endsOn: "2026-01-10" })).toMatchObject({
    problems: [],
    terms: { endsAt: new Date("2026-01-11T05:00:00Z") },
  });
  expect(problemsOf({ startsOn: "2026-05-05", endsOn: "2026-05-05" })).toEqual([]);
});

test("days are the shop's: in Auckland the 11th began while New York had the 10th", () => {
  const auckland = { timeZone: "Pacific/Auckland" };
  expect(read({ startsOn: "2026-01-12" }, auckland).terms.startsAt).toEqual(
    new Date("2026-01-11T11:00:00Z"),
  );
  expect(problemsOf({ endsOn: "2026-01-10" }, auckland)).toMatchObject([{ field: "endsOn" }]);
});

test("the day the clocks change is 23 or 25 hours long", () => {
  const hours = (day: string) => {
    const { terms } = read({ startsOn: day, endsOn: day });
    return ((terms.endsAt?.getTime() ?? 0) - terms.startsAt.getTime()) / 3_600_000;
  };
  expect(hours("2026-03-08")).toBe(23);
  expect(hours("2026-11-01")).toBe(25);
  expect(hours("2026-03-09")).toBe(24);
});

test("the last day of a year and of a leap February are days", () => {
  expect(read({ endsOn: "2026-12-31" }).terms.endsAt).toEqual(new Date("2027-01-01T05:00:00Z"));
  expect(problemsOf({ endsOn: "2028-02-29" })).toEqual([]);
});

test.each([
  ["10", 1_000],
  ["10%", 1_000],
  ["0.01", 1],
  ["7.5", 750],
  ["100", 10_000],
])("%s percent is %i basis points", (value, basisPoints) => {
  expect(read({ value }).terms.value).toEqual({ kind: "percentage", basisPoints });
});

test("an amount is read in the shop's currency", () => {
  const amount = { valueKind: "amount" as const, value: "500" };
  expect(read(amount).terms.value).toEqual({ kind: "amount", minor: 50_000 });
  expect(read(amount, { currency: "JPY" }).terms.value).toEqual({ kind: "amount", minor: 500 });
  expect(problemsOf({ valueKind: "amount", value: "500.5" }, { currency: "JPY" })).toMatchObject([
    { field: "value" },
  ]);
});

test("what is left empty is without limit, minimum and end", () => {
  expect(read({}).terms).toMatchObject({ usageLimit: null, minimumMinor: null, endsAt: null });
});

const SOME = [{ id: "gid://shopify/Product/1", title: "Mug" }];

test("free shipping is for whole orders, and never beside another shipping discount", () => {
  const { terms, problems } = read({
    ...{ valueKind: "free-shipping", value: "", mostShipping: "7.50" },
    ...{ itemsKind: "products", items: SOME, combinesShipping: true, combinesProducts: true },
  });
  expect(problems).toEqual([]);
  expect(terms).toMatchObject({
    value: { kind: "free-shipping", mostMinor: 750 },
    items: { kind: "all" },
    combinesProducts: true,
    combinesShipping: false,
  });
});

test("details are read as they are chosen, each thing once", () => {
  const { terms } = read({
    ...{ itemsKind: "products", items: [...SOME, ...SOME], buyersKind: "segments", segments: SOME },
    ...{ purchases: "subscription", cycles: "3", tags: " gifts,spring , gifts,," },
    ...{ minimumKind: "quantity", minimum: "2" },
  });
  expect(terms).toMatchObject({
    items: { kind: "products", chosen: SOME },
    buyers: { kind: "segments", chosen: SOME },
    ...{ purchases: "subscription", cycles: 3, tags: ["gifts", "spring"] },
    ...{ minimumMinor: null, minimumQuantity: 2 },
  });
});
