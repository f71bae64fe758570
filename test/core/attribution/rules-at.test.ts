import { expect, test } from "vitest";
import type { Meeting } from "#app/core/attribution/rule.ts";
import { FIRST_RULE } from "#app/core/attribution/rule.ts";
import { ruleHistory } from "#app/core/attribution/rule-history.ts";
import {
  FIRST_RULES,
  meetingFor,
  rulesAt,
  type DatedRule,
} from "#app/core/attribution/rules-at.ts";
import { attributed } from "#test/core/given/attributed.ts";
import { ANNA, CLEO, clickOf, KNOWN } from "./rule-table.ts";

const at = (day: number) => new Date(Date.UTC(2026, 10, day));
const CLICK: Meeting = { kind: "code-without-click" };
const NEWER: Meeting = { kind: "newer-click-wins", days: 7 };
const SPLIT: Meeting = { kind: "split", codePercent: 60, clickPercent: 40 };
const CODE: Meeting = { kind: "code-wins" };

const HISTORY: DatedRule[] = [
  { scope: "shop", subject: "", rule: { ...FIRST_RULE, meeting: CLICK }, from: at(10) },
  { scope: "discount", subject: "spring", rule: { meeting: NEWER }, from: at(12) },
  { scope: "partner", subject: ANNA.partnerId, rule: { meeting: SPLIT }, from: at(14) },
  { scope: "code", subject: "ANNA10", rule: { meeting: CODE }, from: at(16) },
  { scope: "code", subject: "ANNA10", rule: null, from: at(18) },
];

function meetingOn(day: number): Meeting["kind"] {
  const [anna10] = KNOWN;
  if (!anna10) throw new Error("no code is known");
  return meetingFor(anna10, rulesAt(HISTORY, at(day))).meeting.kind;
}

test("an order is judged by the rule of its time: code before partner, discount and shop", () => {
  expect([9, 11, 13, 15, 17].map(meetingOn)).toEqual([
    "code-wins",
    "code-without-click",
    "newer-click-wins",
    "split",
    "code-wins",
  ]);
});

test("a rule holds from its very moment on, and one taken back leaves the next wider one", () => {
  expect(meetingOn(10)).toBe("code-without-click");
  expect(meetingOn(18)).toBe("split");
});

test("in whatever order rules are read, the same are in force", () => {
  expect(rulesAt(HISTORY.toReversed(), at(17)).shop).toEqual(rulesAt(HISTORY, at(17)).shop);
  expect(rulesAt([], at(17))).toEqual(FIRST_RULES);
});

test("a decision names the shop's rule and what stood above it, with the day since when", () => {
  const rules = rulesAt(HISTORY, at(15));
  expect(attributed(["ANNA10"], KNOWN, { rules, clicks: [clickOf(CLEO, 3)] }).rules).toEqual([
    { scope: "shop", rule: { ...FIRST_RULE, meeting: CLICK }, from: at(10) },
    {
      scope: "partner",
      subject: ANNA.partnerId,
      rule: { meeting: SPLIT },
      from: at(14),
    },
  ]);
});

test("every rule there ever was is told with when it held, the newest first, whatever order they are read in", () => {
  const again: DatedRule = { scope: "shop", subject: "", rule: FIRST_RULE, from: at(20) };
  const spans = ruleHistory([...HISTORY, again]);
  expect(spans.map(({ scope, from, until }) => [scope, from, until])).toEqual([
    ["shop", at(20), null],
    ["code", at(16), at(18)],
    ["partner", at(14), null],
    ["discount", at(12), null],
    ["shop", at(10), at(20)],
    ["shop", null, at(10)],
  ]);
  expect(spans.map(({ rule }) => rule.meeting)).toEqual([CODE, CODE, SPLIT, NEWER, CLICK, CODE]);
  expect(ruleHistory([again, ...HISTORY.toReversed()])).toEqual(spans);
});

test("rules of their own that follow one another are each told until the next, and of a shop that never chose only the first", () => {
  const of = (rule: { meeting: Meeting } | null, day: number): DatedRule => {
    return { scope: "code", subject: "ANNA10", rule, from: at(day) };
  };
  const spans = ruleHistory([of({ meeting: NEWER }, 1), of({ meeting: SPLIT }, 3), of(null, 4)]);
  expect(spans.map(({ scope, from, until }) => [scope, from, until])).toEqual([
    ["code", at(3), at(4)],
    ["code", at(1), at(3)],
    ["shop", null, null],
  ]);
  expect(ruleHistory([])).toEqual([{ scope: "shop", rule: FIRST_RULE, from: null, until: null }]);
});
