import type { Attribution, KnownCode } from "#app/core/attribution/attribution.ts";
import type { Click } from "#app/core/attribution/click.ts";
import { FIRST_RULE, type ShopRule } from "#app/core/attribution/rule.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { attributed, PLACED_AT } from "#test/core/given/attributed.ts";

/** Everything the documentation says of who earns an order. Read it, or run it: the test does both. */
export interface RuleTable {
  title: string;
  rule: ShopRule;
  /** By click, then by codes: who earns. */
  rows: Record<ClickCase, Record<CodeCase, string>>;
}

export const ANNA = { partnerId: "10001" as PartnerId, name: "Anna" };
export const BEN = { partnerId: "10002" as PartnerId, name: "Ben" };
export const CLEO = { partnerId: "10003" as PartnerId, name: "Cleo" };

/** Anna has two codes, FREE10 belongs to nobody. */
export const KNOWN: KnownCode[] = [
  { code: "ANNA10" as DiscountCode, partner: ANNA, discountId: "spring" },
  { code: "ANNA20" as DiscountCode, partner: ANNA, discountId: "summer" },
  { code: "BEN10" as DiscountCode, partner: BEN, discountId: "summer" },
  { code: "FREE10" as DiscountCode, partner: null, discountId: "summer" },
];

const DAY = 86_400_000;

export function clickOf(partner: Click["partner"], daysBefore: number): Click {
  const at = new Date(PLACED_AT.getTime() - daysBefore * DAY);
  return { clickId: `click-${daysBefore}`, source: "cart", seenAt: at, partner, clickedAt: at };
}

export const CODES = {
  "no code": [],
  "Anna's code": ["ANNA10"],
  "Anna's code, then Ben's": ["ANNA10", "BEN10"],
  "a code of nobody": ["FREE10"],
};
export const CLICKS = {
  "no click": [],
  "a click of Anna": [clickOf(ANNA, 3)],
  "a click of Cleo": [clickOf(CLEO, 3)],
  "an old click of Cleo": [clickOf(CLEO, 20)],
  "one past the 30 days": [clickOf(CLEO, 31)],
  "a click nobody tells of": [clickOf(null, 3)],
  "an untracked click of Ben": [{ ...clickOf(BEN, 3), isUntracked: true as const }],
};
export type CodeCase = keyof typeof CODES;
export type ClickCase = keyof typeof CLICKS;

/** What Anna's and Ben's codes took off in these cases. */
const TOOK: Record<string, number> = { ANNA10: 500, BEN10: 900, FREE10: 100 };

export function attributedIn(rule: ShopRule, click: ClickCase, codes: CodeCase): Attribution {
  const typed = CODES[codes];
  return attributed(typed, KNOWN, {
    clicks: CLICKS[click],
    tookMinor: typed.map((code) => TOOK[code] ?? 0),
    rules: { shop: { scope: "shop", rule, from: null }, overrides: [] },
  });
}

/** "Anna 70%, Cleo 30% (click)", or why nobody earns it. */
export function outcomeText(attribution: Attribution): string {
  if (attribution.outcome === "nobody") {
    return attribution.because === "left-to-click" ? "impact.com's tag" : "nobody";
  }
  const { shares } = attribution;
  const whole = shares.reduce((sum, { weight }) => sum + weight, 0);
  const texts = shares.map(({ partner, weight, by, clickId }) => {
    const percent = shares.length > 1 ? ` ${Math.round((100 * weight) / whole)}%` : "";
    const how = by.kind === "click" ? " (click)" : clickId ? " (code and click)" : "";
    return `${partner?.name ?? "somebody"}${percent}${how}`;
  });
  return texts.join(", ");
}

/** Where no code is a partner's, the codes decide nothing. */
const ALONE = "impact.com's tag";
const NO_PARTNER_CODE = { "no code": ALONE, "a code of nobody": ALONE };
const NO_CLICK = {
  "no code": "nobody",
  "Anna's code": "Anna",
  "Anna's code, then Ben's": "Anna",
  "a code of nobody": "nobody",
};
const BY_CODE = {
  ...NO_PARTNER_CODE,
  "Anna's code": "Anna",
  "Anna's code, then Ben's": "Anna",
};
/** By these clicks impact.com pays nobody, or it doesn't tell whom: they take nothing from a code. */
const NOT_COUNTED = {
  "a click nobody tells of": BY_CODE,
  "one past the 30 days": NO_CLICK,
};
/** Where Ben's code was typed, what his click earns is reported by it. */
const BENS_CLICK = { ...NO_CLICK, "Anna's code, then Ben's": "Ben (code and click)" };
const SAME_PARTNER = {
  ...NO_PARTNER_CODE,
  "Anna's code": "Anna (code and click)",
  "Anna's code, then Ben's": "Anna (code and click)",
};
const BY_CLICK = {
  ...NO_PARTNER_CODE,
  "Anna's code": "Cleo (click)",
  "Anna's code, then Ben's": "Cleo (click)",
};
const BY_BOTH = {
  ...NO_PARTNER_CODE,
  "Anna's code": "Anna 70%, Cleo 30% (click)",
  "Anna's code, then Ben's": "Anna 70%, Cleo 30% (click)",
};

export const RULE_TABLES: RuleTable[] = [
  {
    title: "The code wins",
    rule: FIRST_RULE,
    rows: {
      ...NOT_COUNTED,
      "no click": NO_CLICK,
      "an untracked click of Ben": NO_CLICK,
      "a click of Anna": SAME_PARTNER,
      "a click of Cleo": BY_CODE,
      "an old click of Cleo": BY_CODE,
    },
  },
  {
    title: "A code earns only where there is no click",
    rule: { ...FIRST_RULE, meeting: { kind: "code-without-click" } },
    rows: {
      ...NOT_COUNTED,
      "no click": NO_CLICK,
      "an untracked click of Ben": BENS_CLICK,
      "a click of Anna": SAME_PARTNER,
      "a click of Cleo": BY_CLICK,
      "an old click of Cleo": BY_CLICK,
    },
  },
  {
    title: "A click of the last 7 days wins",
    rule: { ...FIRST_RULE, meeting: { kind: "newer-click-wins", days: 7 } },
    rows: {
      ...NOT_COUNTED,
      "no click": NO_CLICK,
      "an untracked click of Ben": BENS_CLICK,
      "a click of Anna": SAME_PARTNER,
      "a click of Cleo": BY_CLICK,
      "an old click of Cleo": BY_CODE,
    },
  },
  {
    title: "Code and click share, 70% and 30%",
    rule: { ...FIRST_RULE, meeting: { kind: "split", codePercent: 70, clickPercent: 30 } },
    rows: {
      ...NOT_COUNTED,
      "no click": NO_CLICK,
      "an untracked click of Ben": {
        ...NO_CLICK,
        "Anna's code, then Ben's": "Anna 70%, Ben 30% (code and click)",
      },
      "a click of Anna": SAME_PARTNER,
      "a click of Cleo": BY_BOTH,
      "an old click of Cleo": BY_BOTH,
    },
  },
  {
    title: "The largest discount, and a click alone is reported",
    rule: { ...FIRST_RULE, several: { kind: "largest-discount" }, clickAlone: "report" },
    rows: {
      "no click": { ...NO_CLICK, "Anna's code, then Ben's": "Ben" },
      "a click of Anna": {
        "no code": "Anna (click)",
        "Anna's code": "Anna (code and click)",
        "Anna's code, then Ben's": "Ben",
        "a code of nobody": "Anna (click)",
      },
      "a click of Cleo": {
        "no code": "Cleo (click)",
        "Anna's code": "Anna",
        "Anna's code, then Ben's": "Ben",
        "a code of nobody": "Cleo (click)",
      },
      "an old click of Cleo": {
        "no code": "Cleo (click)",
        "Anna's code": "Anna",
        "Anna's code, then Ben's": "Ben",
        "a code of nobody": "Cleo (click)",
      },
      "one past the 30 days": { ...NO_CLICK, "Anna's code, then Ben's": "Ben" },
      "a click nobody tells of": {
        "no code": "somebody (click)",
        "Anna's code": "Anna",
        "Anna's code, then Ben's": "Ben",
        "a code of nobody": "somebody (click)",
      },
      "an untracked click of Ben": BENS_CLICK,
    },
  },
  {
    title: "The discount put highest: here that of Ben's code",
    rule: { ...FIRST_RULE, several: { kind: "highest-priority", discounts: ["summer"] } },
    rows: {
      "no click": { ...NO_CLICK, "Anna's code, then Ben's": "Ben" },
      "a click of Anna": { ...SAME_PARTNER, "Anna's code, then Ben's": "Ben" },
      "a click of Cleo": { ...BY_CODE, "Anna's code, then Ben's": "Ben" },
      "an old click of Cleo": { ...BY_CODE, "Anna's code, then Ben's": "Ben" },
      "one past the 30 days": { ...NO_CLICK, "Anna's code, then Ben's": "Ben" },
      "a click nobody tells of": { ...BY_CODE, "Anna's code, then Ben's": "Ben" },
      "an untracked click of Ben": BENS_CLICK,
    },
  },
  {
    title: "Partners' codes share evenly, and each shares with a click, 70% and 30%",
    rule: {
      ...FIRST_RULE,
      meeting: { kind: "split", codePercent: 70, clickPercent: 30 },
      several: { kind: "split-evenly" },
    },
    rows: {
      "no click": { ...NO_CLICK, "Anna's code, then Ben's": "Anna 50%, Ben 50%" },
      "a click of Anna": {
        ...SAME_PARTNER,
        "Anna's code, then Ben's": "Anna 65% (code and click), Ben 35%",
      },
      "a click of Cleo": {
        ...BY_BOTH,
        "Anna's code, then Ben's": "Anna 35%, Ben 35%, Cleo 30% (click)",
      },
      "an old click of Cleo": {
        ...BY_BOTH,
        "Anna's code, then Ben's": "Anna 35%, Ben 35%, Cleo 30% (click)",
      },
      "one past the 30 days": { ...NO_CLICK, "Anna's code, then Ben's": "Anna 50%, Ben 50%" },
      "a click nobody tells of": { ...BY_CODE, "Anna's code, then Ben's": "Anna 50%, Ben 50%" },
      "an untracked click of Ben": {
        ...NO_CLICK,
        "Anna's code, then Ben's": "Anna 35%, Ben 65% (code and click)",
      },
    },
  },
];
