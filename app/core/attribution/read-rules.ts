import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { Partner } from "../partners/partner.ts";
import type { Ports } from "../ports/ports.ts";
import type { Reach } from "../uploads/reach.ts";
import { areClicksUntold } from "../clicks/are-clicks-untold.ts";
import { givesClicks, type RuleInForce } from "./rule.ts";
import { ruleHistory, type RuleSpan } from "./rule-history.ts";
import { rulesAt, type OverrideInForce, type RulesAt } from "./rules-at.ts";

export interface NamedOverride {
  override: OverrideInForce;
  /** The code, the partner's name or the discount's title. */
  name: string;
}

export interface NamedSpan {
  span: RuleSpan;
  /** Null where it was the shop's own. */
  name: string | null;
}

export interface RulesReading {
  shop: RulesAt["shop"];
  overrides: NamedOverride[];
  /** Every rule that ever held, the newest first. */
  history: NamedSpan[];
  discounts: { discountId: string; title: string }[];
  partners: Partner[];
  /** Codes that earn nothing at impact.com without a click, whatever the rule; at most `MOST_LISTED`. */
  notAlways: { codeId: string; code: DiscountCode; reach: Reach }[];
  /**
   * Partners of whom impact.com tracks no clicks, as they have codes with ALWAYS (reference/impact.md, 4);
   * at most `MOST_LISTED`.
   */
  silenced: { partnerId: PartnerId; name: string }[];
  /** A rule in force, the shop's or another, gives clicks something. */
  givesClicks: boolean;
  /** It does, but impact.com did not say whose the last one was. */
  areClicksUntold: boolean;
}

/** More of them are seen on the Codes page. */
export const MOST_LISTED = 50;

/** A shop's rules as they are now, with all that a rule can be made for. */
export async function readRules(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
): Promise<RulesReading> {
  const now = clock.now();
  const [history, discounts, partners, notAlways, silenced, isUntold] = await Promise.all([
    store.rules.list(shop),
    store.discounts.listTitles(shop),
    store.partners.list(shop, {}),
    store.codes.listNotAlways(shop, MOST_LISTED),
    store.codes.listAlwaysPartners(shop, now, MOST_LISTED),
    areClicksUntold(store, shop),
  ]);
  const { shop: ofShop, overrides } = rulesAt(history, now);
  const titles = new Map(discounts.map(({ discountId, title }) => [discountId, title]));
  const names = new Map(partners.map(({ partnerId, name }) => [partnerId, name]));
  const nameOf = ({ scope, subject }: Pick<OverrideInForce, "scope" | "subject">) => {
    if (scope === "discount") return titles.get(subject) ?? "A discount that is gone";
    if (scope === "partner") return names.get(subject as PartnerId) ?? `Partner ${subject}`;
    return subject;
  };
  const spanName = (span: RuleInForce) => (span.scope === "shop" ? null : nameOf(span));
  const isGiving = [ofShop, ...overrides].some(({ rule }) => givesClicks(rule));
  const named = overrides.map((override) => ({ override, name: nameOf(override) }));
  return {
    shop: ofShop,
    overrides: named.toSorted((one, other) => one.name.localeCompare(other.name)),
    history: ruleHistory(history).map((span) => ({ span, name: spanName(span) })),
    ...{ discounts, partners, notAlways, silenced },
    givesClicks: isGiving,
    areClicksUntold: isUntold && isGiving,
  };
}
