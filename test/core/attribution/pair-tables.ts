import {
  FIRST_RULE,
  type Meeting,
  type OverrideScope,
  type Several,
} from "#app/core/attribution/rule.ts";
import type { RulesAt } from "#app/core/attribution/rules-at.ts";
import { attributed } from "#test/core/given/attributed.ts";
import { ANNA, BEN, CLEO, clickOf, KNOWN, outcomeText } from "./rule-table.ts";

/** A table of who earns: by row, then by column. */
export interface PairTable {
  title: string;
  text: string;
  rows: Record<string, Record<string, string>>;
  decide(row: string, column: string): string;
}

const MEETINGS: Record<string, Meeting> = {
  "the code wins": { kind: "code-wins" },
  "a code earns only without a click": { kind: "code-without-click" },
  "a click of the last 7 days wins": { kind: "newer-click-wins", days: 7 },
  "they share, 70% and 30%": { kind: "split", codePercent: 70, clickPercent: 30 },
};
const SEVERAL: Record<string, Several> = {
  "the one entered first": { kind: "first-entered" },
  "the largest discount": { kind: "largest-discount" },
  "the discount put highest": { kind: "highest-priority", discounts: ["summer"] },
  "shared evenly": { kind: "split-evenly" },
};
const CLEOS = [clickOf(CLEO, 3)];

function decide(typed: string[], rules: RulesAt): string {
  // Anna's codes took off less than Ben's.
  const tookMinor = typed.map((code) => (code.startsWith("BEN") ? 900 : 500));
  return outcomeText(attributed(typed, KNOWN, { clicks: CLEOS, tookMinor, rules }));
}

const BY_CLICK = Object.fromEntries(
  Object.keys(SEVERAL).map((several) => [several, "Cleo (click)"]),
);

const CODES_AND_A_CLICK: PairTable = {
  title: "Every way to meet, with every way to choose among codes",
  text: "Anna's code and then Ben's were typed, and a click of Cleo came 3 days before the order. Ben's discount stands highest.",
  rows: {
    "the code wins": {
      "the one entered first": "Anna",
      "the largest discount": "Ben",
      "the discount put highest": "Ben",
      "shared evenly": "Anna 50%, Ben 50%",
    },
    "a code earns only without a click": BY_CLICK,
    "a click of the last 7 days wins": BY_CLICK,
    "they share, 70% and 30%": {
      "the one entered first": "Anna 70%, Cleo 30% (click)",
      "the largest discount": "Ben 70%, Cleo 30% (click)",
      "the discount put highest": "Ben 70%, Cleo 30% (click)",
      "shared evenly": "Anna 35%, Ben 35%, Cleo 30% (click)",
    },
  },
  decide(row, column) {
    const [meeting, several] = [MEETINGS[row], SEVERAL[column]];
    if (!meeting || !several) throw new Error(`no rule “${row}”, “${column}”`);
    const rule = { ...FIRST_RULE, meeting, several };
    return decide(["ANNA10", "BEN10"], {
      shop: { scope: "shop", rule, from: null },
      overrides: [],
    });
  },
};

const OVERRIDES: Record<string, [scope: OverrideScope, subject: string][]> = {
  "nothing is set": [],
  "a click wins for the code ANNA10": [["code", "ANNA10"]],
  "for the partner Anna": [["partner", ANNA.partnerId]],
  "for the partner Ben": [["partner", BEN.partnerId]],
  "for the partner Cleo, whose click it is": [["partner", CLEO.partnerId]],
  "for the discount of ANNA10": [["discount", "spring"]],
  "for the discount of ANNA20 and BEN10": [["discount", "summer"]],
};

const CODES_BY_THEMSELVES: PairTable = {
  title: "What is set for a code, a partner or a discount",
  text: "The shop's rule is that the code wins, and a click of Cleo came 3 days before the order. A partner's rule is about the codes of that partner, never about their clicks.",
  rows: {
    "nothing is set": { ANNA10: "Anna", ANNA20: "Anna", BEN10: "Ben" },
    "a click wins for the code ANNA10": { ANNA10: "Cleo (click)", ANNA20: "Anna", BEN10: "Ben" },
    "for the partner Anna": { ANNA10: "Cleo (click)", ANNA20: "Cleo (click)", BEN10: "Ben" },
    "for the partner Ben": { ANNA10: "Anna", ANNA20: "Anna", BEN10: "Cleo (click)" },
    "for the partner Cleo, whose click it is": { ANNA10: "Anna", ANNA20: "Anna", BEN10: "Ben" },
    "for the discount of ANNA10": { ANNA10: "Cleo (click)", ANNA20: "Anna", BEN10: "Ben" },
    "for the discount of ANNA20 and BEN10": {
      ...{ ANNA10: "Anna", ANNA20: "Cleo (click)", BEN10: "Cleo (click)" },
    },
  },
  decide(row, column) {
    const overrides = (OVERRIDES[row] ?? []).map(([scope, subject]) => ({
      ...{ scope, subject, from: new Date(0) },
      rule: { meeting: { kind: "code-without-click" as const } },
    }));
    return decide([column], { shop: { scope: "shop", rule: FIRST_RULE, from: null }, overrides });
  },
};

export const PAIR_TABLES = [CODES_AND_A_CLICK, CODES_BY_THEMSELVES];
