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

/** How many of them were looked up now. */
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
  const clickIds = clicks.map(({ clickId }) => clickId);
  const known = await store.clicks.listLookUps(shop, clickIds);
  // What impact.com did not know it may have been too early to know.
  const isKnown = (clickId: string) =>
    (known.get(clickId)?.verdict ?? "unknown-there") !== "unknown-there";
  const unknown = clickIds.filter((clickId) => !isKnown(clickId));
  for (const clickId of unknown) {
    const found = await impact.findClick(connection.credentials, { programId, clickId });
    if (!found.ok) return found;
    const lookUp = { clickId, ...verdictOn(found.value, programId) };
    await store.clicks.saveLookUp(shop, lookUp, clock.now());
  }
  return success(unknown.length);
}

type Found = Omit<ClickLookUp, "clickId">;

function verdictOn(
  found: { programId: string; partner: Found["partner"]; clickedAt: Date | null } | null,
  programId: string,
): Found {
  if (!found) return { verdict: "unknown-there", partner: null, clickedAt: null };
  const { partner, clickedAt } = found;
  return { verdict: found.programId === programId ? "known" : "other-program", partner, clickedAt };
}
