import { expect, test } from "vitest";
import type { Adjustment } from "#app/core/adjustments/adjustment.ts";
import type { Conversion, Submission } from "#app/core/conversions/conversion.ts";
import type { DiscountCode, OrderId, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { Delivery } from "#app/core/orders/delivery.ts";
import type { Order } from "#app/core/orders/order.ts";
import { orderTimeline, type OrderHistory } from "#app/core/orders/order-timeline.ts";
import { orderFactsWith } from "#test/core/given/order-facts-with.ts";
import { attributed } from "#test/core/given/attributed.ts";

const shop = "tea-house.myshopify.com" as ShopDomain;
const orderId = "9007199254742001" as OrderId;
const ANNA = { partnerId: "10001" as PartnerId, name: "Anna Able" };
const ANNA10 = "ANNA10" as DiscountCode;

/** Seconds after the order was placed. */
const at = (seconds: number) => new Date(Date.parse("2026-11-23T10:00:00Z") + seconds * 1_000);

function historyWith(changes: Partial<OrderHistory>): OrderHistory {
  const order: Order = {
    shop,
    orderId,
    name: "#1001",
    currency: "USD",
    netMinor: 6_210,
    placedAt: at(0),
    facts: orderFactsWith({}),
    refunds: [],
    deletedAt: null,
    codes: [ANNA10],
    partner: ANNA,
    code: ANNA10,
    shares: null,
    state: "waiting",
    reason: "to-send",
    problem: null,
    receivedAt: at(1),
    stateSince: at(1),
  };
  const nothing = {
    deliveries: [],
    decision: null,
    conversions: [],
    adjustments: [],
    creditedThere: [],
  };
  return {
    order,
    ...nothing,
    submissions: [],
    refusals: [],
    amountBasis: "net",
    need: null,
    endsAt: null,
    ...changes,
  };
}

function deliveryWith(changes: Partial<Delivery>): Delivery {
  return {
    id: "1",
    shop,
    webhookId: "1",
    topic: "orders/create",
    triggeredAt: at(1),
    receivedAt: at(1),
    repeats: 0,
    orderId,
    facts: null,
    refund: null,
    state: "processed",
    problem: null,
    processedAt: at(2),
    ...changes,
  };
}

function conversionWith(changes: Partial<Conversion>): Conversion {
  return {
    id: "1",
    shop,
    orderId,
    share: "code",
    part: null,
    impactOrderId: orderId,
    wasReversed: false,
    programId: "1000",
    eventTypeId: "4000",
    partnerId: ANNA.partnerId,
    code: ANNA10,
    clickId: null,
    standing: null,
    currency: "USD",
    amountMinor: 6_210,
    amountBasis: "net",
    lines: [],
    held: [],
    reversedAt: null,
    customerStatus: null,
    emailSha1: null,
    eventAt: at(0),
    state: "ready",
    attempts: 0,
    unfinished: 0,
    nextAttemptAt: null,
    problem: null,
    createdAt: at(2),
    sentAt: null,
    settledAt: null,
    leaseUntil: null,
    accountSid: null,
    ...changes,
  };
}

function submissionWith(changes: Partial<Submission>): Submission {
  return {
    submissionId: "A-1",
    conversionId: "1",
    adjustmentId: null,
    state: "complete",
    errorType: null,
    errorReason: null,
    partnerId: null,
    checks: 1,
    submittedAt: at(3),
    completedAt: null,
    ...changes,
  };
}

function adjustmentWith(changes: Partial<Adjustment>): Adjustment {
  return {
    id: "1",
    shop,
    orderId,
    conversionId: "1",
    kind: "modification",
    disposition: "ORDER_UPDATE",
    target: [],
    currency: "USD",
    fromMinor: 6_210,
    toMinor: 4_410,
    state: "ready",
    reason: null,
    attempts: 0,
    unfinished: 0,
    leaseUntil: null,
    nextAttemptAt: null,
    problem: null,
    createdAt: at(20),
    sentAt: null,
    settledAt: null,
    ...changes,
  };
}

const DECISION = {
  attribution: attributed([ANNA10], [{ code: ANNA10, partner: ANNA, discountId: "summer" }]),
  decidedAt: at(2),
};

test("an order that went all the way shows every hop, oldest first", () => {
  const hops = orderTimeline(
    historyWith({
      submissions: [submissionWith({ completedAt: at(8) })],
      conversions: [
        conversionWith({ state: "credited", attempts: 1, sentAt: at(3), settledAt: at(9) }),
      ],
      decision: DECISION,
      deliveries: [deliveryWith({})],
    }),
  );
  expect(hops.map((hop) => [hop.at, hop.title])).toEqual([
    [at(0), "Placed at Shopify"],
    [at(1), "Webhook orders/create received"],
    [at(2), "Attributed to Anna Able"],
    [at(3), "Accepted by impact.com"],
    [at(8), "Processed by impact.com"],
    [at(9), "Credited at impact.com"],
  ]);
  expect(hops.every(({ tone }) => tone === "done")).toBe(true);
});

test("an order that was only placed has one hop", () => {
  expect(orderTimeline(historyWith({}))).toHaveLength(1);
});

test("a delivery that came again says how often", () => {
  const hops = orderTimeline(historyWith({ deliveries: [deliveryWith({ repeats: 19 })] }));
  expect(hops[1]?.detail).toContain("19 more times");
});

test("a decision for nobody says why", () => {
  const decision = { attribution: attributed([], []), decidedAt: at(2) };
  const hops = orderTimeline(historyWith({ decision }));
  expect(hops[1]).toMatchObject({
    title: "Attributed to nobody",
    detail: "The customer typed no code.",
  });
});

test("a refusal shows impact.com's reasons in words, and is a problem", () => {
  const problem = "The partner has no live contract.";
  const hops = orderTimeline(
    historyWith({
      conversions: [conversionWith({ state: "failed", sentAt: at(3), settledAt: at(9), problem })],
      submissions: [submissionWith({ completedAt: at(8), errorReason: "CONTRACT_NOT_FOUND" })],
    }),
  );
  expect(hops.slice(-2)).toMatchObject([
    { title: "Refused by impact.com", tone: "problem" },
    { title: "Not credited", detail: problem, tone: "problem" },
  ]);
  expect(hops.at(-2)?.detail).not.toContain("CONTRACT_NOT_FOUND");
});

test("a conversion that needed several attempts says so", () => {
  const hops = orderTimeline(
    historyWith({ conversions: [conversionWith({ state: "sent", attempts: 3, sentAt: at(50) })] }),
  );
  expect(hops[1]).toMatchObject({
    title: "Accepted by impact.com",
    detail: "Accepted at attempt 3.",
  });
});

test("a conversion that still waits has made no hop yet", () => {
  const waiting = conversionWith({ state: "ready", problem: "later", nextAttemptAt: at(90) });
  expect(orderTimeline(historyWith({ conversions: [waiting] }))).toHaveLength(1);
});

test("a delivery that could not be used is told with why", () => {
  const failed = deliveryWith({ state: "failed", problem: "Order #1001 can't be read" });
  expect(orderTimeline(historyWith({ deliveries: [failed] }))).toContainEqual({
    at: at(1),
    title: "Webhook orders/create could not be used",
    detail: "Order #1001 can't be read",
    tone: "problem",
  });
});

test("a refund and the change it led to are hops, with the money before and after", () => {
  const history = historyWith({
    adjustments: [
      adjustmentWith({ state: "applied", attempts: 1, sentAt: at(21), settledAt: at(27) }),
    ],
    submissions: [submissionWith({ adjustmentId: "1", completedAt: at(26) })],
  });
  history.order.refunds = [
    {
      refundId: "1",
      createdAt: at(19),
      lines: [{ lineId: "1", quantity: 1, subtotalMinor: 1_800, taxMinor: 0 }],
      adjustmentMinor: 0,
    },
  ];
  expect(orderTimeline(history).slice(1)).toEqual([
    { at: at(19), title: "Refunded in Shopify", detail: "1 item.", tone: "done" },
    {
      at: at(21),
      title: "Change sent to impact.com",
      detail: "The order was changed or refunded. $62.10 → $44.10.",
      tone: "done",
    },
    { at: at(27), title: "Changed at impact.com", detail: "$62.10 → $44.10.", tone: "done" },
  ]);
});

test("a cancellation and the reversal it led to say why", () => {
  const history = historyWith({
    adjustments: [
      adjustmentWith({
        kind: "reversal",
        disposition: "CONS_FRAUD",
        toMinor: 0,
        state: "applied",
        sentAt: at(21),
        settledAt: at(27),
      }),
    ],
  });
  history.order.facts.cancelledAt = at(18);
  history.order.facts.cancelReason = "fraud";
  expect(orderTimeline(history).slice(1)).toMatchObject([
    { title: "Cancelled in Shopify", detail: "Reason given in Shopify: fraud." },
    { title: "Reversal sent to impact.com", detail: expect.stringContaining("as fraud") },
    { title: "Reversed at impact.com", detail: "$62.10 → $0.00." },
  ]);
});

test("a change that came after the locking is a problem, with the money", () => {
  const problem = "impact.com counts $18.00 too much.";
  const failed = adjustmentWith({ state: "failed", reason: "locked", problem, settledAt: at(27) });
  expect(orderTimeline(historyWith({ adjustments: [failed] })).at(-1)).toMatchObject({
    title: "Not changed at impact.com",
    detail: `$62.10 → $44.10. ${problem}`,
    tone: "problem",
  });
});

test("an adjustment that still waits has made no hop yet", () => {
  expect(orderTimeline(historyWith({ adjustments: [adjustmentWith({})] }))).toHaveLength(1);
});
