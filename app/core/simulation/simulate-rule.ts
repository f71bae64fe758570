import { attributeOrder } from "../attribution/attribute-order.ts";
import {
  readMeeting,
  readRule,
  type RuleForm,
  type RuleProblem,
} from "../attribution/read-rule.ts";
import { rulesAt, type RulesAt } from "../attribution/rules-at.ts";
import { findSubject, type OverrideSubject } from "../attribution/save-rule.ts";
import type { ShopDomain } from "../ids.ts";
import type { OrderReason } from "../orders/order-state.ts";
import type { Ports } from "../ports/ports.ts";
import type { ReplayOrder, ReplayPlace } from "../ports/replay-store.ts";
import { createTally, type Simulation } from "./tally.ts";

/** How many days back orders can be replayed: any whole number between. */
export const LEAST_DAYS = 7;
export const MOST_DAYS = 90;
/** A whole number of days; others are refused with a sentence. */
export type ReplayDays = number;

export type Simulated =
  { ok: true; simulation: Simulation } | { ok: false; problems: RuleProblem[] };

const ORDERS_AT_ONCE = 5_000;
/** So many parts of the period are read at a time: the database works while orders are decided. */
const PARTS = 4;
const DAY_MS = 86_400_000;

/** No rule decides about these. */
export const NEVER_DECIDED: OrderReason[] = [
  ...(["test-order", "cancelled", "never-paid", "gift-cards-only", "deleted"] as const),
  ...(["refunded-before-report", "credited-there", "unreadable", "reversed"] as const),
];

interface Tried {
  shop: ShopDomain;
  days: ReplayDays;
  form: RuleForm;
  /** What it is tried for; null: the shop, whose rule alone says more than how a click meets a code. */
  subject: OverrideSubject | null;
}

/**
 * Replays a shop's last orders under another rule beside those in force now. Nothing is written;
 * all rules but the one that is tried stay as they are now.
 */
export async function simulateRule(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, days, ...tried }: Tried,
): Promise<Simulated> {
  const now = clock.now();
  const today = rulesAt(await store.rules.list(shop), now);
  const read = await readTried(store, shop, tried, { today, now });
  const wrongDays = Number.isInteger(days) && days >= LEAST_DAYS && days <= MOST_DAYS ? [] : [DAYS];
  if (!read.ok || wrongDays.length > 0) {
    return { ok: false, problems: [...(read.ok ? [] : read.problems), ...wrongDays] };
  }
  const then = read.rules;
  const tally = createTally();
  const decide = (order: ReplayOrder) => {
    const { known } = order;
    const decided = attributeOrder(order, known, today);
    tally.add({ ...order, today: decided, then: attributeOrder(order, known, then) });
  };
  const parts = partsOf(now, days);
  const whole = { since: parts[0]?.since ?? now, until: null, without: NEVER_DECIDED };
  const [settled] = await Promise.all([
    store.replays.sumSettled(shop, whole),
    ...parts.map((part) => replayPart(store.replays, shop, part, decide)),
  ]);
  for (const one of settled) tally.addSettled(one);
  return { ok: true, simulation: tally.result() };
}

const DAYS: RuleProblem = {
  field: "period",
  message: `Enter a whole number of days from ${LEAST_DAYS} to ${MOST_DAYS}.`,
};

type ReadRules = { ok: true; rules: RulesAt } | { ok: false; problems: RuleProblem[] };

/** Today's rules with the one that is tried in its place; what is not the shop's own is refused. */
async function readTried(
  store: Ports["store"],
  shop: ShopDomain,
  { form, subject }: Pick<Tried, "form" | "subject">,
  { today, now }: { today: RulesAt; now: Date },
): Promise<ReadRules> {
  if (!subject) {
    const foreign = await findForeign(store, shop, form);
    const read = readRule(form);
    if (!read.ok || foreign.length > 0) {
      return { ok: false, problems: [...foreign, ...(read.ok ? [] : read.problems)] };
    }
    return { ok: true, rules: { ...today, shop: { scope: "shop", rule: read.value, from: now } } };
  }
  const problems = await findSubject(store, shop, subject);
  const read = readMeeting(form);
  if (!read.ok || problems.length > 0) {
    return { ok: false, problems: [...problems, ...(read.ok ? [] : read.problems)] };
  }
  const others = today.overrides.filter(
    (one) => one.scope !== subject.scope || one.subject !== subject.subject,
  );
  const override = { ...subject, rule: { meeting: read.value }, from: now };
  return { ok: true, rules: { ...today, overrides: [...others, override] } };
}

async function findForeign(
  store: Ports["store"],
  shop: ShopDomain,
  { several, discounts }: RuleForm,
): Promise<RuleProblem[]> {
  if (several !== "highest-priority") return [];
  const titles = await store.discounts.listTitles(shop);
  const own = new Set(titles.map(({ discountId }) => discountId));
  const message = "Choose discounts of your shop. One of these is not, or not any more.";
  return discounts.every((one) => own.has(one)) ? [] : [{ field: "discounts", message }];
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
    const orders: ReplayOrder[] = await replays.page(
      shop,
      { ...part, without: NEVER_DECIDED },
      page,
    );
    for (const order of orders) decide(order);
    after = orders.at(-1) ?? null;
    if (orders.length < ORDERS_AT_ONCE) return;
  }
}
