import { givesClicks } from "../attribution/rule.ts";
import { rulesAt, type DatedRule } from "../attribution/rules-at.ts";
import { holdOf } from "../clicks/click-hold.ts";
import { clicksOn } from "../clicks/clicks-on.ts";
import { groupBy } from "../group-by.ts";
import type { ShopDomain } from "../ids.ts";
import { attributable } from "../orders/judge-order.ts";
import type { Ports } from "../ports/ports.ts";
import type { Conversion } from "./conversion.ts";
import { attributeAnew } from "./hand-over-orders.ts";
import { sortedOnce, type SendOutcome } from "./put-back-conversion.ts";
import { toSendJobs } from "./send-jobs.ts";
import { isUntried } from "./take-back.ts";

/**
 * The shop's rules, read for conversions that nobody has heard of. Null where no rule gives clicks
 * anything, and no code needs its partner's: then clicks change nothing, and nothing waits for them.
 */
export async function rulesForClicks(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
  claimed: readonly Conversion[],
): Promise<readonly DatedRule[] | null> {
  const untried = claimed.filter(isUntried);
  if (untried.length === 0) return null;
  const history = await store.rules.list(shop);
  if (history.some(({ rule }) => rule && givesClicks(rule))) return history;
  const codes = [...new Set(untried.flatMap(({ code }) => code ?? []))];
  const needing = await store.codes.listNeedingClick(shop, codes);
  return needing.length > 0 ? history : null;
}

/**
 * Decides once more, before they go, orders whose clicks count: what was heard of a click since is part
 * of it. Gives what is left of the claimed conversions; others may have taken the place of some.
 */
export async function decidedByNow(
  ports: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
  { claimed, rules }: { claimed: readonly Conversion[]; rules: readonly DatedRule[] | null },
): Promise<readonly Conversion[]> {
  const untried = claimed.filter(isUntried);
  if (untried.length === 0 || !rules) return claimed;
  await attributeAnew(
    ports,
    shop,
    untried.map(({ orderId }) => orderId),
  );
  return ports.store.conversions.findAll(
    shop,
    claimed.map(({ id }) => id),
  );
}

/** Sends at once what is held no more: whoever told of its click may have come before it was held. */
export async function sendTold(
  ports: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
  { held, rules }: { held: readonly SendOutcome[]; rules: readonly DatedRule[] | null },
): Promise<void> {
  const conversions = held.map(({ conversion }) => conversion);
  const still = await holdForClicks(ports, shop, { conversions, rules });
  const isHeld = new Set(still.map(({ conversion }) => conversion.id));
  const told = conversions.filter(({ id }) => !isHeld.has(id));
  await ports.store.queue.sendAll("send-conversion", toSendJobs(shop, told));
}

/**
 * Of conversions that could go out, those of orders whose click may still change who is paid for them
 * wait: on the order's line, with a job for the end of it. Without `rules` none does.
 */
export async function holdForClicks(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
  {
    conversions,
    rules,
  }: { conversions: readonly Conversion[]; rules: readonly DatedRule[] | null },
): Promise<SendOutcome[]> {
  const untried = conversions.filter(isUntried);
  if (untried.length === 0 || !rules) return [];
  const orderIds = sortedOnce(untried.map(({ orderId }) => orderId));
  const all = groupBy(
    await store.conversions.listForOrders(shop, orderIds),
    ({ orderId }) => orderId,
  );
  const orders = await store.orders.findAll(shop, orderIds);
  const known = await store.codes.knownOn(shop, orders);
  const clicks = await clicksOn(store, orders);
  const isPixelOn = await store.clicks.findPixelOn(shop);
  const now = clock.now();
  // Before, nobody could ask.
  const connectedAt = (await store.connections.find(shop))?.connectedAt ?? now;
  return orders.flatMap((order) => {
    const { orderId, placedAt, facts } = order;
    const ofOrder = all.get(orderId) ?? [];
    // Once one part may be there, the parts stay what they are.
    if (!ofOrder.every(isUntried)) return [];
    const told = clicks.get(orderId) ?? [];
    const hasPixel = isPixelOn && facts.checkoutHash !== null;
    const holdable = {
      order: attributable(order, told),
      known: known.get(orderId) ?? [],
      rules: rulesAt(rules, placedAt),
      mayHearPixel: hasPixel && !told.some(({ source }) => source === "pixel"),
      since: latest(connectedAt, earliest(ofOrder.map(({ createdAt }) => createdAt))),
    };
    const hold = holdOf(holdable, now);
    const held = untried.filter((one) => one.orderId === orderId);
    return hold ? held.map((one) => heldUntil(one, hold)) : [];
  });
}

function heldUntil(
  conversion: Conversion,
  { until: sendAt, isOutage }: { until: Date; isOutage: boolean },
): SendOutcome {
  const held: Conversion = { ...conversion, state: "ready", nextAttemptAt: sendAt };
  const pending = { conversion: held, reason: "click-pending" as const, sendAt };
  return isOutage
    ? { ...pending, problem: NOT_ASKED, asksForClick: true }
    : { ...pending, problem: null };
}

const NOT_ASKED =
  "impact.com could not be asked yet: it is asked again each hour, for three days at most.";

function earliest(times: readonly Date[]): Date {
  return new Date(Math.min(...times.map((time) => time.getTime())));
}

function latest(one: Date, other: Date): Date {
  return one > other ? one : other;
}
