import { expect, test } from "vitest";
import type { KnownCode } from "#app/core/attribution/attribution.ts";
import { FIRST_RULES } from "#app/core/attribution/rules-at.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { judgeOrder, type Judged } from "#app/core/orders/judge-order.ts";
import type { OrderFacts } from "#app/core/orders/order-facts.ts";
import { DEFAULT_REPORT_SETTINGS } from "#app/core/shops/report-settings.ts";
import { orderFactsWith, orderLineWith } from "#test/core/given/order-facts-with.ts";

const PLACED = new Date("2026-11-23T10:00:00Z");
const ANNA: KnownCode = {
  code: "ANNA10" as DiscountCode,
  partner: { partnerId: "10001" as PartnerId, name: "Anna Able" },
  discountId: "summer",
};
const rules = FIRST_RULES;
const WHEN_PAID = { ...DEFAULT_REPORT_SETTINGS, reportWhen: "paid" as const };

/** A mug bought with Anna's code. */
function orderOf(changes: Partial<OrderFacts> = {}, more: Partial<Judged> = {}): Judged {
  const lines = [orderLineWith({})];
  const facts = orderFactsWith({ typedCodes: ["anna10"], lines, ...changes });
  return { facts, refunds: facts.refunds, deletedAt: null, placedAt: PLACED, ...more };
}

function reasonOf(order: Judged, changes: Partial<Parameters<typeof judgeOrder>[2]> = {}) {
  const given = {
    settings: DEFAULT_REPORT_SETTINGS,
    isConnected: true,
    now: PLACED,
    rules,
    clicks: [],
    ...changes,
  };
  return judgeOrder(order, [ANNA], given).reason;
}

const refundOfAll = {
  refundId: "1",
  createdAt: PLACED,
  lines: [{ lineId: "9007199254743001", quantity: 1, subtotalMinor: 2_000, taxMinor: 0 }],
  adjustmentMinor: 0,
};

test("an order with a partner's code is reported as it is placed", () => {
  expect(reasonOf(orderOf({ financialStatus: "pending" }))).toBeNull();
});

test.each([
  ["test-order", orderOf({ test: true })],
  ["cancelled", orderOf({ cancelledAt: PLACED })],
  ["deleted", orderOf({}, { deletedAt: PLACED })],
  ["never-paid", orderOf({ financialStatus: "voided" })],
  ["never-paid", orderOf({ financialStatus: "expired" })],
  ["gift-cards-only", orderOf({ lines: [orderLineWith({ giftCard: true })] })],
  ["no-code", orderOf({ typedCodes: [] })],
  ["not-a-partner-code", orderOf({ typedCodes: ["WELCOME5"] })],
  ["refunded-before-report", orderOf({}, { refunds: [refundOfAll] })],
])("an order is ignored as %s", (reason, order) => {
  expect(reasonOf(order)).toBe(reason);
});

test("a code that was nobody's then earns nobody the order", () => {
  const given = {
    settings: DEFAULT_REPORT_SETTINGS,
    isConnected: true,
    now: PLACED,
    rules,
    clicks: [],
  };
  const verdict = judgeOrder(orderOf(), [{ ...ANNA, partner: null }], given);
  expect(verdict.reason).toBe("not-assigned-then");
});

test("a gift card beside goods keeps nothing out", () => {
  const lines = [orderLineWith({ giftCard: true }), orderLineWith({ lineId: "2" })];
  expect(reasonOf(orderOf({ lines }))).toBeNull();
});

test("a free order is reported", () => {
  expect(reasonOf(orderOf({ lines: [orderLineWith({ grossMinor: 0 })] }))).toBeNull();
});

test("an order waits for impact.com to be connected", () => {
  expect(reasonOf(orderOf(), { isConnected: false })).toBe("not-connected");
});

test.each([
  [null, "not-paid"],
  ["pending", "not-paid"],
  ["authorized", "not-paid"],
  ["partially_paid", "not-paid"],
  ["paid", null],
  ["partially_refunded", null],
  ["refunded", null],
] as const)("reported when paid, an order that is %s: %s", (financialStatus, reason) => {
  expect(reasonOf(orderOf({ financialStatus }), { settings: WHEN_PAID })).toBe(reason);
});

test("an order that is still not paid when it can't be reported any more is never paid", () => {
  const unpaid = orderOf({ financialStatus: "pending" });
  const now = new Date(PLACED.getTime() + 86 * 86_400_000);
  expect(reasonOf(unpaid, { settings: WHEN_PAID, now })).toBe("never-paid");
});
