import { attributeOrder } from "../attribution/attribute-order.ts";
import { readRule, type RuleForm, type RuleProblem } from "../attribution/read-rule.ts";
import type { ShopRule } from "../attribution/rule.ts";
import { rulesAt, type RulesAt } from "../attribution/rules-at.ts";
import type { ShopDomain } from "../ids.ts";
import type { OrderReason } from "../orders/order-state.ts";
import type { Ports } from "../ports/ports.ts";
import type { ReplayOrder, ReplayPlace } from "../ports/replay-store.ts";
import { createTally, type Simulation } from "./tally.ts";

/** How many days back orders can be replayed. */
export const REPLAY_DAYS = [7, 30, 90] as const;
export type ReplayDays = (typeof REPLAY_DAYS)[number];

export type Simulated =
  { ok: true; rule: ShopRule; simulation: Simulation } | { ok: false; problems: RuleProblem[] };

const ORDERS_AT_ONCE = 10_000;
const DAY_MS = 86_400_000;

/** No rule decides about these. */
const WITHOUT: OrderReason[] = [
  ...(["test-order", "cancelled", "never-paid", "gift-cards-only", "deleted"] as const),
  ...(["refunded-before-report", "credited-there", "unreadable", "reversed"] as const),
];

/**
 * Replays a shop's last orders under another rule beside the one in force now. Nothing is written;
 * what stands above the shop's rule for a discount, a partner or a code stays as it is now.
 */
export async function simulateRule(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, days, form }: { shop: ShopDomain; days: ReplayDays; form: RuleForm },
): Promise<Simulated> {
  const read = readRule(form);
  if (!read.ok) return read;
  const now = clock.now();
  const today = rulesAt(await store.rules.list(shop), now);
  const then: RulesAt = { ...today, shop: { scope: "shop", rule: read.value, from: now } };
  const tally = createTally();
  const which = { since: new Date(now.getTime() - days * DAY_MS), without: WITHOUT };
  const pageAfter = (after: ReplayPlace | null) =>
    store.replays.page(shop, which, { after, limit: ORDERS_AT_ONCE });
  let reading: Promise<ReplayOrder[]> | null = pageAfter(null);
  while (reading) {
    const orders: ReplayOrder[] = await reading;
    const last = orders.at(-1);
    // The next page is read while this one is decided.
    reading = last && orders.length === ORDERS_AT_ONCE ? pageAfter(last) : null;
    for (const order of orders) {
      const { known } = order;
      const decided = attributeOrder(order, known, today);
      tally.add({ ...order, today: decided, then: attributeOrder(order, known, then) });
    }
  }
  return { ok: true, rule: read.value, simulation: tally.result() };
}
