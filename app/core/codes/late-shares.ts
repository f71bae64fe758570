import { attributeOrder } from "../attribution/attribute-order.ts";
import type { KnownCode } from "../attribution/attribution.ts";
import { givesClicks } from "../attribution/rule.ts";
import { rulesAt, type RulesAt } from "../attribution/rules-at.ts";
import { readClicksOn } from "../clicks/clicks-on.ts";
import type { OrderPart } from "../conversions/part-of-lines.ts";
import type { DiscountCode, OrderId, PartnerId } from "../ids.ts";
import { attributable } from "../orders/judge-order.ts";
import type { Order } from "../orders/order.ts";
import type { Stores } from "../ports/store.ts";

/** A code that is to be given to a partner afterwards. */
export interface GivenCode {
  code: DiscountCode;
  /** Null: not chosen yet, and no click's partner. */
  partnerId: PartnerId | null;
}

/** What of an order a code would earn; null: a click earns it all, or may. A null part is the whole. */
export type LateShare = { part: OrderPart | null } | null;

const WHOLE: LateShare = { part: null };

/**
 * What of past orders that are nobody's a code would earn, were it given to its partner, by the rules of
 * each order's time. Clicks are read only where one counted and those rules may give it anything.
 */
export async function lateShares(
  stores: Pick<Stores, "codes" | "clicks" | "rules">,
  orders: readonly Order[],
  codeOf: (order: Order) => GivenCode | null,
): Promise<Map<OrderId, LateShare>> {
  const shares = new Map<OrderId, LateShare>(orders.map(({ orderId }) => [orderId, WHOLE]));
  const clicked = orders.filter(({ reason }) => reason === "left-to-click");
  const [first] = clicked;
  if (!first) return shares;
  const history = await stores.rules.list(first.shop);
  const open = clicked.filter(({ placedAt }) => mayGiveClicks(rulesAt(history, placedAt)));
  if (open.length === 0) return shares;
  const known = await stores.codes.knownOn(first.shop, open);
  for (const order of open) {
    const given = codeOf(order);
    if (!given) continue;
    const codes = withGiven(known.get(order.orderId) ?? [], given);
    const rules = rulesAt(history, order.placedAt);
    shares.set(order.orderId, await lateShare(stores, order, given.code, { codes, rules }));
  }
  return shares;
}

function mayGiveClicks({ shop, overrides }: RulesAt): boolean {
  return [shop, ...overrides].some(({ rule }) => givesClicks(rule));
}

function withGiven(known: readonly KnownCode[], { code, partnerId }: GivenCode): KnownCode[] {
  const others = known.filter((one) => one.code !== code);
  const discountId = known.find((one) => one.code === code)?.discountId ?? "";
  const partner = { partnerId: partnerId ?? ("" as PartnerId), name: "" };
  return [...others, { code, discountId, partner }];
}

async function lateShare(
  { clicks }: Pick<Stores, "clicks">,
  order: Order,
  code: DiscountCode,
  { codes, rules }: { codes: KnownCode[]; rules: RulesAt },
): Promise<LateShare> {
  const refusals = await clicks.listRefusals(order.shop, [order.orderId]);
  const judged = await readClicksOn(clicks, order, refusals);
  const attribution = attributeOrder(attributable(order, judged), codes, rules);
  if (attribution.outcome !== "credited") return WHOLE;
  const { shares, candidates } = attribution;
  const position = shares.findIndex(({ by }) => by.kind === "code" && by.code === code);
  const isUntold = candidates.some((one) => one.kind === "code" && one.met?.how === "click-untold");
  const mayBeTold = isUntold && judged.some(({ isOpen }) => isOpen);
  if (position < 0 || mayBeTold) return null;
  const weights = shares.map(({ weight }) => weight);
  return { part: shares.length > 1 ? { weights, position } : null };
}
