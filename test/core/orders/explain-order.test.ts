import { expect, test } from "vitest";
import { REPORTING_DAYS, reportingEndsAt } from "#app/core/conversions/reporting-limit.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { explainAttribution } from "#app/core/attribution/explain-attribution.ts";
import { explainOrder } from "#app/core/orders/explain-order.ts";
import { nextStepFor } from "#app/core/orders/next-step.ts";
import { EVERY_REASON } from "#test/core/given/every-reason.ts";
import { attributed } from "#test/core/given/attributed.ts";

const ANNA = { partnerId: "10001" as PartnerId, name: "Anna Able" };
const BEN = { partnerId: "10002" as PartnerId, name: "Ben Baker" };
const ANNA10 = "ANNA10" as DiscountCode;
const BEN10 = "BEN10" as DiscountCode;

test.each(EVERY_REASON)("an order that is “%s” says so in a full sentence", (reason) => {
  const earned = { reason, partner: ANNA, code: ANNA10, problem: null };
  const unattributed = { reason, partner: null, code: null, problem: null };
  for (const order of [earned, unattributed]) {
    const sentence = explainOrder(order);
    expect(sentence).toMatch(/^\S.*\.$/);
    expect(sentence).not.toMatch(/undefined|null|\[object|\s\s/);
  }
});

test("every reason has a sentence of its own", () => {
  const order = { partner: ANNA, code: ANNA10, problem: null };
  const sentences = EVERY_REASON.map((reason) => explainOrder({ ...order, reason }));
  expect(new Set(sentences).size).toBe(EVERY_REASON.length);
});

test("what the other side said follows our sentence", () => {
  const problem = "The partner has no live contract.";
  const order = { reason: "not-credited" as const, partner: ANNA, code: ANNA10, problem };
  expect(explainOrder(order)).toBe(
    "Anna Able earned it with ANNA10, but impact.com credited nobody. The partner has no live contract.",
  );
});

test("an earned order names the partner, the code, and whether it had rivals", () => {
  const known = [
    { code: ANNA10, partner: ANNA, discountId: "summer" },
    { code: BEN10, partner: BEN, discountId: "summer" },
  ];
  expect(explainAttribution(attributed([ANNA10], known))).toBe(
    "ANNA10 is Anna Able's code, and the only partner code on this order.",
  );
  expect(explainAttribution(attributed([BEN10, ANNA10], known))).toMatch(
    /^BEN10 is Ben Baker's code and was entered first\. .*\.$/,
  );
});

test("an order nobody earned says why", () => {
  const free = [{ code: ANNA10, partner: null, discountId: "summer" }];
  const sentences = [[], ["STRANGER"], [ANNA10]].map((typed) =>
    explainAttribution(attributed(typed, free)),
  );
  expect(new Set(sentences).size).toBe(3);
  for (const sentence of sentences) expect(sentence).toMatch(/^\S.*\.$/);
});

test("every sentence names the days in which an order is really reported", () => {
  const days = `${REPORTING_DAYS} days`;
  const order = { reason: "too-late" as const, partner: ANNA, code: ANNA10, problem: null };
  expect(explainOrder(order)).toContain(days);
  expect(nextStepFor("too-late").nextStep).toContain(days);
  const placedAt = new Date("2026-03-01T00:00:00Z");
  const end = reportingEndsAt(placedAt).getTime();
  expect((end - placedAt.getTime()) / 86_400_000).toBe(REPORTING_DAYS);
});

const BY_CLICK = { partner: null, weight: 3, code: null };
const SHARED = { partner: ANNA, code: ANNA10, reason: "credited" as const, problem: null };

test("an order that several share names them all with their parts, and who isn't known yet", () => {
  const shares = [{ partner: ANNA, weight: 7, code: ANNA10 }, BY_CLICK];
  expect(explainOrder({ ...SHARED, shares })).toBe(
    "Anna Able (70%) and whoever the click is of (30%) share it. impact.com has credited it.",
  );
  const uneven = [
    { partner: ANNA, weight: 3_333, code: ANNA10 },
    { partner: BEN, weight: 6_667, code: null },
  ];
  expect(explainOrder({ ...SHARED, shares: uneven })).toMatch(
    /^Anna Able \(33\.33%\) and Ben Baker \(66\.67%\) share it\./,
  );
  const thirds = [ANNA, BEN, ANNA].map((partner) => ({ partner, weight: 1, code: ANNA10 }));
  expect(explainOrder({ ...SHARED, shares: thirds })).toMatch(
    /^Anna Able \(33\.3%\), Ben Baker \(33\.3%\) and Anna Able \(33\.3%\) share it\./,
  );
});

test("where the parts of an order stand otherwise than one another, the sentence tells of each and of nothing else", () => {
  const shares = [{ partner: ANNA, weight: 7, code: ANNA10 }, BY_CLICK];
  const problem = "ANNA10's part is credited. The click's part was refused by impact.com.";
  expect(explainOrder({ ...SHARED, reason: "refused", problem, shares })).toBe(
    `Anna Able (70%) and whoever the click is of (30%) share it. ${problem}`,
  );
});

test("an order that a click earned says so, by name once that is known", () => {
  const earned = { ...SHARED, partner: null, code: null };
  expect(explainOrder({ ...earned, shares: [BY_CLICK] })).toMatch(
    /^Whoever the click is of earned it with a click\./,
  );
  expect(explainOrder({ ...earned, shares: [{ ...BY_CLICK, partner: BEN }] })).toMatch(
    /^Ben Baker earned it with a click\./,
  );
});
