import type { Credited } from "../attribution/attribution.ts";
import type { Order } from "../orders/order.ts";
import type { Ports } from "../ports/ports.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Conversion, Submission } from "./conversion.ts";
import { attributeLocked } from "./hand-over-orders.ts";
import { isKnownNowhere } from "./retry-conversion.ts";
import { toSendJobs } from "./send-jobs.ts";
import { withNames } from "./share-anew.ts";
import { saveStanding } from "./standing.ts";
import { isUntried } from "./take-back.ts";

/**
 * The partner can't be paid for such a click, or there is none: nothing was created (reference/impact.md,
 * section 2.3). What may be refused of a code just so is not among them.
 */
const REFUSALS = [
  ...["CONTRACT_NOT_FOUND", "PARTNER_NOT_ACTIVE", "ACTIONTERMS_NOT_FOUND"],
  ...["OUTSIDE_ASSOCIATION_WINDOW", "MAX_RECURRENCES_REACHED", "REFTYPE_NOT_ACCEPTED"],
  ...["ACTION_REF_NOT_FOUND", "NO_VALID_ACTION_REF", "UNCLAIMED"],
];

/** Why impact.com would not pay the click that a conversion was sent with; null: that is not what it said. */
export function refusalOfClick(
  { code, clickId }: Pick<Conversion, "code" | "clickId">,
  reasons: readonly string[],
): string | null {
  const isOfClick = code === null && clickId !== null;
  const isRefused = reasons.every((reason) => REFUSALS.includes(reason));
  return isOfClick && isRefused ? (reasons[0] ?? null) : null;
}

/** Of this try nothing came, nor of any before it. */
export async function cameToNothing(
  { store }: Pick<Ports, "store">,
  refused: Submission,
  conversion: Conversion,
): Promise<boolean> {
  const stored = await store.conversions.listSubmissions(conversion.shop, [conversion.id]);
  const submissions = stored.map((one) =>
    one.submissionId === refused.submissionId ? refused : one,
  );
  return isKnownNowhere(conversion, submissions);
}

/**
 * Decides an order again without the click that impact.com would not pay, and sends it by the codes on
 * it. Where other parts of it may be there, the click's part goes to the first code of them, as it is.
 * False, and nothing is changed: no partner's code is on it, or it had an action there that was reversed.
 * The caller holds the order's lock.
 */
export async function passOnRefused(
  tx: PipelineStores,
  order: Order,
  conversion: Conversion,
  { refusedFor: reason, now }: { refusedFor: string; now: Date },
): Promise<boolean> {
  const { shop, orderId } = order;
  const { id, clickId } = conversion;
  const known = (await tx.codes.knownOn(shop, [order])).get(orderId) ?? [];
  if (clickId === null || conversion.wasReversed) return false;
  if (!known.some(({ partner }) => partner)) return false;
  // As one that was never sent: impact.com has nothing of it, and what takes its place may have its number.
  const unsent: Conversion = { ...conversion, state: "ready", accountSid: null, lines: [] };
  if (!(await tx.conversions.save(shop, unsent))) return false;
  await tx.clicks.saveRefusal(shop, { orderId, clickId, reason, refusedAt: now });
  const ofOrder = await tx.conversions.listForOrder(shop, orderId);
  const others = ofOrder.filter((one) => one.id !== id);
  if (others.every(isUntried)) await attributeLocked(tx, shop, [orderId], now);
  else await passOnPart(tx, order, { part: unsent, others, reason, now });
  return true;
}

interface PassedOn {
  part: Conversion;
  others: readonly Conversion[];
  reason: string;
  now: Date;
}

async function passOnPart(
  tx: PipelineStores,
  order: Order,
  { part, others, reason, now }: PassedOn,
): Promise<void> {
  const { shop, orderId } = order;
  const place = (one: Conversion) => one.part?.position ?? 0;
  const [first] = others.toSorted((one, other) => place(one) - place(other));
  if (!first) throw new Error(`the click's part of order ${orderId} is alone`);
  const before = await tx.orders.findAttribution(shop, orderId);
  if (before?.attribution.outcome === "credited") {
    const { state, problem } = order;
    const named = withNames(before.attribution, order);
    const attribution = withoutClick(named, { part, taker: first.share, reason });
    const decision = { orderId, state, reason: order.reason, problem, attribution, forgets: false };
    await tx.orders.saveDecisions(shop, [decision], now);
  }
  await tx.conversions.remove(shop, part.id);
  const { partnerId, code } = first;
  const byCode = { ...part, partnerId, code, clickId: null };
  const created = await tx.conversions.createAll(shop, [byCode], now);
  for (const one of created) {
    await saveStanding(tx, one, { reason: "to-send", problem: null }, now);
  }
  await tx.queue.sendAll("send-conversion", toSendJobs(shop, created));
}

/** A decision as it was, but with the click's share at another share's earner, beside that one's own. */
function withoutClick(
  decided: Credited,
  { part, taker, reason }: { part: Conversion; taker: string; reason: string },
): Credited {
  const to = decided.shares.find(({ key }) => key === taker) ?? decided.shares[0];
  const { partner, by } = to;
  const [first, ...others] = decided.shares.map((share) =>
    share.key === part.share ? { key: share.key, weight: share.weight, partner, by } : share,
  );
  const candidates = decided.candidates.map((one) =>
    one.kind === "click" && one.clickId === part.clickId
      ? { ...one, verdict: "not-payable" as const, refusedFor: reason }
      : one,
  );
  return { ...decided, candidates, shares: [first ?? to, ...others] };
}
