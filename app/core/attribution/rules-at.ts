import type { KnownCode } from "./attribution.ts";
import {
  FIRST_RULE,
  type Meeting,
  type Override,
  type OverrideScope,
  type RuleInForce,
  type ShopRule,
} from "./rule.ts";

/** A rule with the time from which it holds. Rules are never changed: a later one takes their place. */
export type DatedRule =
  | { scope: "shop"; subject: ""; rule: ShopRule; from: Date }
  /** A null rule takes the override back. */
  | { scope: OverrideScope; subject: string; rule: Override | null; from: Date };

/** A shop's rules as they stood at one time. */
export interface RulesAt {
  shop: Extract<RuleInForce, { scope: "shop" }>;
  overrides: OverrideInForce[];
}

export type OverrideInForce = Exclude<RuleInForce, { scope: "shop" }>;

/** As every shop begins. */
export const FIRST_RULES: RulesAt = {
  shop: { scope: "shop", rule: FIRST_RULE, from: null },
  overrides: [],
};

/** Of all rules a shop ever had, in any order, those that were in force at a time. */
export function rulesAt(history: readonly DatedRule[], at: Date): RulesAt {
  const newest = new Map<string, DatedRule>();
  for (const rule of history) {
    const key = `${rule.scope} ${rule.subject}`;
    const before = newest.get(key);
    if (rule.from <= at && (!before || before.from < rule.from)) newest.set(key, rule);
  }
  let { shop } = FIRST_RULES;
  const overrides: OverrideInForce[] = [];
  for (const dated of newest.values()) {
    if (dated.scope === "shop") shop = { scope: "shop", rule: dated.rule, from: dated.from };
    else if (dated.rule) overrides.push({ ...dated, rule: dated.rule });
  }
  return { shop, overrides };
}

/** How a code meets a click: the code's own rule, else its partner's, its discount's, the shop's. */
export function meetingFor(
  { code, partner, discountId }: KnownCode,
  { shop, overrides }: RulesAt,
): { meeting: Meeting; override: OverrideInForce | null } {
  const find = (scope: OverrideScope, subject: string | undefined) =>
    overrides.find((one) => one.scope === scope && one.subject === subject);
  const override =
    find("code", code) ?? find("partner", partner?.partnerId) ?? find("discount", discountId);
  return { meeting: override?.rule.meeting ?? shop.rule.meeting, override: override ?? null };
}
