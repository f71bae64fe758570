import { expect, test } from "vitest";
import type { Attributable } from "#app/core/attribution/attribute-order.ts";
import { FIRST_RULE, type Meeting, type ShopRule } from "#app/core/attribution/rule.ts";
import type { DatedRule } from "#app/core/attribution/rules-at.ts";
import { underOtherRules } from "#app/core/attribution/under-other-rules.ts";
import { PLACED_AT } from "#test/core/given/attributed.ts";
import { ANNA, CLEO, clickOf, KNOWN, outcomeText } from "./rule-table.ts";

const LONG_AGO = new Date("2026-01-01T00:00:00Z");
const SPLIT: Meeting = { kind: "split", codePercent: 70, clickPercent: 30 };
const MET: Partial<Attributable> = { clicks: [clickOf(CLEO, 3)] };

function ofShop(changes: Partial<ShopRule>, from = LONG_AGO): DatedRule {
  return { scope: "shop", subject: "", rule: { ...FIRST_RULE, ...changes }, from };
}

function ofAnnas(meeting: Meeting): DatedRule {
  return { scope: "code", subject: "ANNA10", rule: { meeting }, from: LONG_AGO };
}

/** Each other rule's words with whom it credits. */
function others(
  typedCodes: string[],
  history: DatedRule[],
  changes: Partial<Attributable> = {},
): string[] {
  const order = { typedCodes, tookMinor: null, clicks: [], placedAt: PLACED_AT, ...changes };
  const found = underOtherRules(order, KNOWN, history);
  return found.map(({ rule, attribution }) => `${rule} ${outcomeText(attribution)}`);
}

const CODE_WINS = "Where a click meets a code, the code wins over a click. Anna";
const CLICK_WINS =
  "Where a click meets a code, a code earns only where there is no click. Cleo (click)";
const NEW_CLICK_WINS =
  "Where a click meets a code, a click wins where it came at most 7 days before the order. Cleo (click)";
const HALVES =
  "Where a click meets a code, they share the order, 50% for the code and 50% for the click. Anna 50%, Cleo 50% (click)";
const SEVENTY =
  "Where a click meets a code, they share the order, 70% for the code and 30% for the click. Anna 70%, Cleo 30% (click)";

test("where the shop's rule decided, the other ways for a click and a code to meet are shown", () => {
  expect(others(["ANNA10"], [], MET)).toEqual([CLICK_WINS, NEW_CLICK_WINS, HALVES]);
  const month = ofShop({ meeting: { kind: "newer-click-wins", days: 30 } });
  expect(others(["ANNA10"], [month], MET)).toEqual([CODE_WINS, CLICK_WINS, HALVES]);
});

test("where an override decided, the shop's own rule is among the others, and the override's is not", () => {
  expect(others(["ANNA10"], [ofAnnas(SPLIT)], MET)).toEqual([
    CODE_WINS,
    CLICK_WINS,
    NEW_CLICK_WINS,
  ]);
});

test("a shop's own split is shown beside the other split by which an override decided", () => {
  const halves = ofAnnas({ kind: "split", codePercent: 50, clickPercent: 50 });
  expect(others(["ANNA10"], [ofShop({ meeting: SPLIT }), halves], MET)).toEqual([
    CODE_WINS,
    CLICK_WINS,
    NEW_CLICK_WINS,
    SEVENTY,
  ]);
});

test("an override for another code, or of a later day, leaves the shop's rule the one that decided", () => {
  const history: DatedRule[] = [
    { scope: "code", subject: "BEN10", rule: { meeting: SPLIT }, from: LONG_AGO },
    { ...ofAnnas(SPLIT), from: new Date(PLACED_AT.getTime() + 1) },
  ];
  expect(others(["ANNA10"], history, MET)).toEqual([CLICK_WINS, NEW_CLICK_WINS, HALVES]);
});

test("of several partners' codes another one is judged by what stands above the shop's rule for it", () => {
  const clickFirst = ofAnnas({ kind: "code-without-click" });
  const found = others(["BEN10", "ANNA10"], [clickFirst], { ...MET, tookMinor: [100, 900] });
  expect(found).toContain(
    "Of several partners' codes, the one that took off the most counts. Cleo (click)",
  );
  expect(found).toContain(
    "Of several partners' codes, the partners share the order evenly. Ben 50%, Cleo 50% (click)",
  );
});

test("where codes that share an order were decided by two rules, each of them is shown for both", () => {
  const several = ofShop({ several: { kind: "split-evenly" } });
  const found = others(
    ["BEN10", "ANNA10"],
    [several, ofAnnas({ kind: "code-without-click" })],
    MET,
  );
  const words = found.map((other) => other.split(".")[0]);
  expect(words).toEqual(
    expect.arrayContaining([
      "Where a click meets a code, the code wins over a click",
      "Where a click meets a code, a code earns only where there is no click",
    ]),
  );
});

test("the priority of discounts is shown where the merchant has put them in order, by the newest order", () => {
  const priority = "Of several partners' codes, the one of the discount you put highest counts.";
  const byPriority = (...discounts: string[]) => ({
    several: { kind: "highest-priority" as const, discounts },
  });
  const isByPriority = (other: string) => other.startsWith(priority);
  expect(others(["ANNA10", "BEN10"], []).filter(isByPriority)).toEqual([]);
  const later = new Date(LONG_AGO.getTime() + 1);
  const history = [
    ofShop({}, new Date(LONG_AGO.getTime() + 2)),
    ofShop(byPriority("summer"), later),
    ofShop(byPriority("spring")),
  ];
  expect(others(["ANNA10", "BEN10"], history).filter(isByPriority)).toEqual([`${priority} Ben`]);
  const inForce = [ofShop(byPriority("summer"))];
  expect(others(["ANNA10", "BEN10"], inForce).filter(isByPriority)).toEqual([]);
});

test("what an order doesn't meet is left out, and a click alone has its own choice", () => {
  expect(others(["ANNA10"], [])).toEqual([]);
  expect(others([], [])).toEqual([]);
  const unknown = { ...clickOf(ANNA, 3), refused: "unknown-there" as const };
  expect(others(["ANNA10"], [ofAnnas(SPLIT)], { clicks: [unknown] })).toEqual([]);
  expect(others(["FREE10"], [], MET)).toEqual([
    "A click without a partner's code is reported. Cleo (click)",
  ]);
});
