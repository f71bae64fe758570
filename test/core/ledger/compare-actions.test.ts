import fc from "fast-check";
import { expect, test } from "vitest";
import type { DiscountCode, OrderId, PartnerId } from "#app/core/ids.ts";
import { compareActions } from "#app/core/ledger/compare-actions.ts";
import type { ReportedConversion, RestartedConversion } from "#app/core/ledger/reconciliation.ts";
import type { ImpactAction } from "#app/core/ports/impact.ts";

const NOW = new Date("2026-11-23T10:00:00Z");
const LONG_AGO = new Date("2026-11-20T10:00:00Z");
const RUN = { startedAt: new Date("2026-11-23T09:59:00Z") };
const ANNA = "10001" as PartnerId;
const BEN = "10002" as PartnerId;

function conversionWith(changes: Partial<ReportedConversion> = {}): ReportedConversion {
  return {
    conversionId: "one",
    orderId: "9001" as OrderId,
    impactOrderId: "9001",
    eventTypeId: "4000",
    partnerId: ANNA,
    currency: "USD",
    state: "credited",
    reportedMinor: 6_210,
    heldMinor: 6_210,
    isReversed: false,
    settledAt: LONG_AGO,
    actionSeenAt: null,
    liveActionId: null,
    isAnothers: false,
    ...changes,
  };
}

function actionWith(changes: Partial<ImpactAction> = {}): ImpactAction {
  return {
    actionId: "1000.4000.1",
    impactOrderId: "9001",
    eventTypeId: "4000",
    partnerId: ANNA,
    state: "pending",
    currency: "USD",
    amountMinor: 6_210,
    intendedMinor: 6_210,
    payoutMinor: 621,
    promoCode: "ANNA10",
    eventAt: LONG_AGO,
    lockedAt: null,
    ...changes,
  };
}

const OWN = {
  orderIds: new Set(["9001"]),
  uncoded: [],
  codes: new Set(["ANNA10" as DiscountCode]),
};

const NONE_LEFT: ReadonlySet<string> = new Set();

function compare(
  actions: ImpactAction[],
  conversions: ReportedConversion[],
  { own = OWN, leftToTag = NONE_LEFT, restarted = [] as RestartedConversion[] } = {},
) {
  const question = { actions, conversions, restarted, own, leftToTag, run: RUN, now: NOW };
  return compareActions(question);
}

/** Its first action was reversed by us, and it is reported again under a later order id. */
function restartedWith(changes: Partial<RestartedConversion> = {}): RestartedConversion {
  const again = { impactOrderId: "9001-2", heldMinor: 1_800 };
  return { ...conversionWith(again), reversals: 1, reversedAt: LONG_AGO, ...changes };
}

function kindsOf(actions: ImpactAction[], conversions: ReportedConversion[]) {
  return compare(actions, conversions).differences.map(({ kind }) => kind);
}

test("an action like the conversion is no difference, and is seen", () => {
  expect(compare([actionWith()], [conversionWith()])).toEqual({
    differences: [],
    byTag: [],
    otherCurrency: 0,
    refuted: [],
    seen: ["one"],
    live: [{ conversionId: "one", actionId: "1000.4000.1" }],
  });
});

test("another partner is a difference that names both", () => {
  const { differences } = compare([actionWith({ partnerId: BEN })], [conversionWith()]);
  expect(differences).toMatchObject([
    { kind: "other-partner", orderId: "9001", ourPartnerId: ANNA, theirPartnerId: BEN },
  ]);
});

test("another amount is a difference with both amounts", () => {
  const { differences } = compare([actionWith({ amountMinor: 6_900 })], [conversionWith()]);
  expect(differences).toMatchObject([
    { kind: "other-amount", oursMinor: 6_210, theirsMinor: 6_900, currency: "USD" },
  ]);
});

test("conversions whose action has another currency are counted, each once", () => {
  const inEuro = actionWith({ currency: "EUR" });
  const second = { conversionId: "two", impactOrderId: "9002", orderId: "9002" as OrderId };
  const conversions = [conversionWith(), conversionWith(second)];
  const actions = [inEuro, actionWith({ impactOrderId: "9002", actionId: "1000.4000.2" })];
  expect(compare(actions, conversions).otherCurrency).toBe(1);
  expect(compare([actionWith()], [conversionWith()]).otherCurrency).toBe(0);
  const reversed = actionWith({ currency: "EUR", state: "reversed" });
  expect(compare([reversed], [conversionWith()]).otherCurrency).toBe(0);
});

test("amounts in another currency at no known rate, or none at all, are not compared", () => {
  const euros = actionWith({ currency: "EUR", amountMinor: 1, intendedMinor: null });
  expect(kindsOf([euros], [conversionWith()])).toEqual([]);
  expect(kindsOf([actionWith({ amountMinor: null })], [conversionWith()])).toEqual([]);
});

test("an action that was reversed there only is a difference", () => {
  expect(kindsOf([actionWith({ state: "reversed" })], [conversionWith()])).toEqual([
    "reversed-there",
  ]);
});

test("an action that we reversed is none", () => {
  const reversed = conversionWith({ isReversed: true, heldMinor: 0 });
  expect(kindsOf([actionWith({ state: "reversed", amountMinor: 0 })], [reversed])).toEqual([]);
});

test("an action that lives on after we reversed it is another amount", () => {
  const reversed = conversionWith({ isReversed: true });
  expect(compare([actionWith()], [reversed]).differences).toMatchObject([
    { kind: "other-amount", oursMinor: 0, theirsMinor: 6_210 },
  ]);
});

test("what is on its way, or was settled within a day, is not compared yet", () => {
  const other = [actionWith({ amountMinor: 1, partnerId: BEN })];
  expect(kindsOf(other, [conversionWith({ settledAt: null })])).toEqual([]);
  expect(kindsOf(other, [conversionWith({ settledAt: NOW })])).toEqual([]);
  expect(kindsOf(other, [conversionWith({ state: "sent" })])).toEqual([]);
});

test("an action with our code that we did not report is unknown here, in any spelling", () => {
  const theirs = actionWith({ impactOrderId: "#1001", promoCode: " anna10 " });
  expect(compare([theirs], [conversionWith()]).differences).toMatchObject([
    { kind: "unknown-here", impactOrderId: "#1001", orderId: null, theirPartnerId: ANNA },
  ]);
});

test("an action with our order's id that we did not report is unknown here", () => {
  const theirs = actionWith({ promoCode: null, eventTypeId: "9999" });
  expect(compare([theirs], [conversionWith()]).differences).toMatchObject([
    { kind: "unknown-here", orderId: "9001" },
  ]);
});

test("one action for an order that was left to impact.com's tag is its partner's payment; a second is unknown here", () => {
  const leftToTag = new Set(["9001"]);
  const byTag = actionWith({ promoCode: null });
  const second = actionWith({ actionId: "1000.4000.2", partnerId: BEN });
  const one = compare([byTag, byTag], [], { leftToTag });
  expect(one).toMatchObject({
    differences: [],
    byTag: [{ orderId: "9001", theirPartnerId: ANNA }],
  });
  expect(one.byTag).toHaveLength(1);
  const two = compare([byTag, second], [], { leftToTag });
  expect(two.differences).toMatchObject([{ kind: "unknown-here", theirPartnerId: BEN }]);
  const reversed = actionWith({ actionId: "1000.4000.3", state: "reversed" });
  expect(compare([reversed, byTag], [], { leftToTag })).toMatchObject({ differences: [] });
});

test("an action that names neither our codes nor our orders is somebody else's", () => {
  const theirs = actionWith({ impactOrderId: "77", promoCode: "ELSEWHERE" });
  expect(kindsOf([theirs], [])).toEqual([]);
});

test("a reversed action that we did not report pays nobody and is no difference", () => {
  expect(kindsOf([actionWith({ impactOrderId: "77", state: "reversed" })], [])).toEqual([]);
});

test("of several actions for one order the live one counts, in any order", () => {
  const both = [actionWith({ state: "reversed", partnerId: BEN }), actionWith()];
  for (const actions of [both, both.toReversed()]) {
    expect(kindsOf(actions, [conversionWith()])).toEqual([]);
  }
});

test("a live action on a later page refutes a reversed one on an earlier, and the other way round", () => {
  const seenBefore = conversionWith({ actionSeenAt: RUN.startedAt });
  expect(compare([actionWith()], [seenBefore])).toMatchObject({
    differences: [],
    refuted: [{ impactOrderId: "9001", kind: "reversed-there" }],
  });
  expect(kindsOf([actionWith({ state: "reversed" })], [seenBefore])).toEqual([]);
});

test("an earlier run's meeting with the action says nothing about this one", () => {
  const seenLong = conversionWith({ actionSeenAt: LONG_AGO });
  expect(compare([actionWith({ state: "reversed" })], [seenLong])).toMatchObject({
    differences: [{ kind: "reversed-there" }],
    seen: ["one"],
  });
});

test("property: where impact.com holds what we hold there is never a difference", () => {
  const anyConversion = fc.record({
    state: fc.constantFrom("sent", "credited" as const),
    heldMinor: fc.integer({ min: 0, max: 10_000_000 }),
    isReversed: fc.boolean(),
    settledAt: fc.constantFrom(LONG_AGO, NOW, null),
    partnerId: fc.constantFrom(ANNA, BEN),
    currency: fc.constantFrom("USD", "JPY", "KWD"),
  });
  fc.assert(
    fc.property(fc.array(anyConversion), fc.constantFrom("pending", "approved"), (list, live) => {
      const conversions = list.map((one, i) =>
        conversionWith({ ...one, conversionId: `${i}`, impactOrderId: `${9_000 + i}` }),
      );
      const actions = conversions.map((one) =>
        actionWith({
          ...{ ...one, partnerId: one.partnerId ?? ANNA },
          state: one.isReversed ? "reversed" : live,
          amountMinor: one.isReversed ? 0 : one.heldMinor,
        }),
      );
      const { differences, seen } = compare(actions, conversions);
      expect(differences).toEqual([]);
      expect(seen.toSorted()).toEqual(
        conversions.map(({ conversionId }) => conversionId).toSorted(),
      );
    }),
  );
});

test("an action that lives there for an order we failed to report is a difference", () => {
  expect(compare([actionWith()], [conversionWith({ state: "failed" })]).differences).toMatchObject([
    { kind: "failed-here", orderId: "9001", theirPartnerId: ANNA, theirsMinor: 6_210 },
  ]);
  const reversed = actionWith({ state: "reversed" });
  expect(kindsOf([reversed], [conversionWith({ state: "failed" })])).toEqual([]);
});

test("an order that failed as another partner's is paid there as we say", () => {
  const another = conversionWith({ state: "failed", isAnothers: true });
  expect(kindsOf([actionWith({ partnerId: BEN })], [another])).toEqual([]);
});

test("two live actions for one order are paid twice, on one page or on two", () => {
  const second = actionWith({ actionId: "1000.4000.2" });
  expect(kindsOf([actionWith(), second], [conversionWith()])).toEqual(["paid-twice"]);
  const met = conversionWith({ actionSeenAt: RUN.startedAt, liveActionId: "1000.4000.1" });
  expect(kindsOf([second], [met])).toEqual(["paid-twice"]);
});

test("an action that is listed on two pages is one action", () => {
  expect(kindsOf([actionWith(), actionWith()], [conversionWith()])).toEqual([]);
  const met = conversionWith({ actionSeenAt: RUN.startedAt, liveActionId: "1000.4000.1" });
  expect(kindsOf([actionWith()], [met])).toEqual([]);
});

test("amounts in another currency are compared by what is left of what was first reported", () => {
  const yen = conversionWith({ currency: "JPY", reportedMinor: 6_210, heldMinor: 4_210 });
  const dollars = { intendedMinor: 4_161, amountMinor: 2_821 };
  expect(compare([actionWith(dollars)], [yen])).toMatchObject({
    differences: [],
    otherCurrency: 1,
  });
  const misread = compare([actionWith({ ...dollars, amountMinor: 421_000 })], [yen]);
  expect(misread.differences).toMatchObject([
    { kind: "other-amount", currency: "JPY", oursMinor: 4_210, theirsMinor: 628_313 },
  ]);
});

test("an action of ours that we reversed and reported again is paid twice while it lives on", () => {
  const restarted = [restartedWith()];
  const { differences, seen } = compare([actionWith({ partnerId: BEN })], restarted, { restarted });
  expect(differences).toMatchObject([
    {
      ...{ kind: "paid-twice", impactOrderId: "9001", orderId: "9001", conversionId: "one" },
      ...{ oursMinor: 1_800, theirsMinor: 6_210, ourPartnerId: ANNA, theirPartnerId: BEN },
    },
  ]);
  expect(seen).toEqual([]);
});

test("an earlier action of ours is none of it while lists may be as they were, or when it is reversed", () => {
  const lately = [restartedWith({ reversedAt: new Date(NOW.getTime() - 3_600_000) })];
  expect(compare([actionWith()], [], { restarted: lately }).differences).toEqual([]);
  const restarted = [restartedWith()];
  const reversed = actionWith({ state: "reversed" });
  expect(compare([reversed], [], { restarted }).differences).toEqual([]);
});

test("an earlier action of ours that lives on is another amount where nothing else is paid", () => {
  for (const changes of [{ isReversed: true }, { state: "ready" }, { state: "failed" }] as const) {
    const restarted = [restartedWith(changes)];
    expect(compare([actionWith()], [], { restarted }).differences).toMatchObject([
      { kind: "other-amount", oursMinor: 0, theirsMinor: 6_210 },
    ]);
  }
});

test("the number that somebody else's action had is none of our earlier ones", () => {
  const restarted = [restartedWith({ impactOrderId: "9001-3", reversals: 1 })];
  const kinds = (impactOrderId: string) =>
    compare([actionWith({ impactOrderId })], [], { restarted }).differences.map((one) => one.kind);
  expect(kinds("9001")).toEqual(["unknown-here"]);
  expect(kinds("9001-2")).toEqual(["paid-twice"]);
});
