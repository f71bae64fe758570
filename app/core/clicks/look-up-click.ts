import { isClickId } from "../attribution/click.ts";
import { attributeAnew } from "../conversions/hand-over-orders.ts";
import type { OrderId, ShopDomain } from "../ids.ts";
import type { ClickLookUp } from "../ports/click-store.ts";
import type { ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import { success, type Result } from "../result.ts";
import { nextAttemptAt } from "../retry.ts";
import { clicksOf } from "./clicks-on.ts";

type LookUpPorts = Pick<Ports, "store" | "clock" | "impact" | "random">;

/** By then the order has long been reported, and nothing that is heard can change it. */
const MOST_ATTEMPTS = 5;

/**
 * Asks impact.com whose the clicks of an order were, unless it has said so before, and judges the order
 * again if nothing of it can have been reported by then. What comes later counts for later orders.
 */
export async function lookUpClick(
  ports: LookUpPorts,
  { shop, orderId, attempts = 0 }: JobPayloads["look-up-click"],
): Promise<void> {
  const found = await lookUpAll(ports, shop, orderId);
  if (found.ok) {
    if (found.value > 0) await attributeAnew(ports, shop, [orderId]);
    return;
  }
  const { kind, retry, retryAt: notBefore } = found.problem;
  // A token that may not read clicks may not a minute later either, and orders do without.
  const isInVain = retry === "never" || kind === "missing-scope";
  if (isInVain || attempts + 1 >= MOST_ATTEMPTS) return;
  const wait = { now: ports.clock.now(), attempts: attempts + 1, random: ports.random() };
  const startAfter = nextAttemptAt({ ...wait, notBefore });
  const again = { shop, orderId, attempts: attempts + 1 };
  await ports.store.queue.send("look-up-click", again, { startAfter });
}

/** How many of them impact.com has said something of now. */
async function lookUpAll(
  { store, clock, impact }: LookUpPorts,
  shop: ShopDomain,
  orderId: OrderId,
): Promise<Result<number, ImpactProblem>> {
  const [order, connection] = await Promise.all([
    store.orders.find(shop, orderId),
    store.connections.find(shop),
  ]);
  if (!order || !connection?.program) return success(0);
  const { programId } = connection.program;
  const clicks = clicksOf(order.facts, await store.clicks.listForOrder(shop, orderId), new Map());
  const clickIds = clicks.map(({ clickId }) => clickId).filter(isClickId);
  const known = await store.clicks.listLookUps(shop, clickIds);
  let told = 0;
  for (const { clickId, seenAt } of clicks) {
    if (known.has(clickId) || !isClickId(clickId)) continue;
    const found = await impact.findClick(connection.credentials, { programId, clickId });
    if (!found.ok) return found;
    const verdict = verdictOn(found.value, { programId, seenAt, now: clock.now() });
    if (!verdict) continue;
    await store.clicks.saveLookUp(shop, { clickId, ...verdict }, clock.now());
    told += 1;
  }
  return success(told);
}

/** How soon impact.com can tell of a click is nowhere documented: a younger one may just not be there yet. */
const SURELY_THERE_MS = 3_600_000;

type Verdict = Omit<ClickLookUp, "clickId">;

/** Null where nothing can be said of it: then it goes on as a click of whom nobody knows yet. */
function verdictOn(
  found: { programId: string; partner: Verdict["partner"]; clickedAt: Date | null } | null,
  given: { programId: string; seenAt: Date | null; now: Date },
): Verdict | null {
  if (found) {
    const { partner, clickedAt } = found;
    const isOurs = found.programId === given.programId;
    return { verdict: isOurs ? "known" : "other-program", partner, clickedAt };
  }
  const isOld = given.seenAt && given.now.getTime() - given.seenAt.getTime() > SURELY_THERE_MS;
  return isOld ? { verdict: "unknown-there", partner: null, clickedAt: null } : null;
}
