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

const ORDERS_AT_ONCE = 5_000;
/** So many parts of the period are read at a time: the database works while orders are decided. */
const PARTS = 4;
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
  const decide = (order: ReplayOrder) => {
    const { known } = order;
    const decided = attributeOrder(order, known, today);
    const other = isSettled(order) ? decided : attributeOrder(order, known, then);
    tally.add({ ...order, today: decided, then: other });
  };
  const parts = partsOf(now, days);
  await Promise.all(parts.map((part) => replayPart(store.replays, shop, part, decide)));
  return { ok: true, rule: read.value, simulation: tally.result() };
}

/** Without a click, and with the codes of one partner alone, every rule gives it to the same. */
function isSettled({ clicks, known }: ReplayOrder): boolean {
  const owners = new Set(known.map(({ partner }) => partner?.partnerId));
  return clicks.length === 0 && owners.size <= 1;
}

interface Part {
  since: Date;
  until: Date | null;
}

/** The days until now in equal parts; the last has no end. */
function partsOf(now: Date, days: ReplayDays): Part[] {
  const begins = Array.from(
    { length: PARTS },
    (_, part) => new Date(now.getTime() - ((PARTS - part) * days * DAY_MS) / PARTS),
  );
  return begins.map((since, part) => ({ since, until: begins[part + 1] ?? null }));
}

async function replayPart(
  replays: Ports["store"]["replays"],
  shop: ShopDomain,
  part: Part,
  decide: (order: ReplayOrder) => void,
): Promise<void> {
  for (let after: ReplayPlace | null = null; ;) {
    const page = { after, limit: ORDERS_AT_ONCE };
    const orders: ReplayOrder[] = await replays.page(shop, { ...part, without: WITHOUT }, page);
    for (const order of orders) decide(order);
    after = orders.at(-1) ?? null;
    if (orders.length < ORDERS_AT_ONCE) return;
  }
}
