import { reviewConversion } from "../adjustments/review-conversion.ts";
import type { Credited } from "../attribution/attribution.ts";
import type { Order } from "../orders/order.ts";
import type { Ports } from "../ports/ports.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Conversion, Submission } from "./conversion.ts";
import { conversionOfShare, numberOf } from "./conversions-of-shares.ts";
import { attributedNow, attributeLocked } from "./hand-over-orders.ts";
import { isKnownNowhere } from "./known-nowhere.ts";
import { asUntried } from "./put-back-conversion.ts";
import { rearrangeParts } from "./rearrange-parts.ts";
import { toSendJobs } from "./send-jobs.ts";
import { withNames } from "./share-anew.ts";
import { retellOfParts } from "./standing.ts";
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
 * Decides an order again without the click that impact.com would not pay. Where other parts of it may be
 * there, those become what they are worth by the new decision, and its other shares are reported beside.
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
  const { clickId } = conversion;
  const known = (await tx.codes.knownOn(shop, [order])).get(orderId) ?? [];
  if (clickId === null || conversion.wasReversed) return false;
  if (!known.some(({ partner }) => partner)) return false;
  // As one that was never sent: impact.com has nothing of it, and what takes its place may have its number.
  const unsent: Conversion = { ...asUntried(conversion), state: "ready" };
  if (!(await tx.conversions.save(shop, unsent))) return false;
  await tx.clicks.saveRefusal(shop, { orderId, clickId, reason, refusedAt: now });
  const ofOrder = await tx.conversions.listForOrder(shop, orderId);
  if (ofOrder.every(isUntried)) await attributeLocked(tx, shop, [orderId], now);
  else await rearrange(tx, order, unsent, now);
  return true;
}

async function rearrange(
  tx: PipelineStores,
  order: Order,
  refused: Conversion,
  now: Date,
): Promise<void> {
  const { shop, orderId } = order;
  const [anew] = await attributedNow(tx, shop, [orderId]);
  if (anew?.attribution.outcome !== "credited") throw new Error(`${orderId} is nobody's`);
  const { attribution, ofOrder } = anew;
  const tried = ofOrder.filter((one) => !isUntried(one));
  const { shares, parts, fresh } = rearrangeParts(attribution.shares, tried);
  await saveDecision(tx, order, { ...attribution, shares }, tried, now);
  for (const { id } of ofOrder.filter(isUntried)) await tx.conversions.remove(shop, id);
  const number = numberOf(ofOrder);
  const wanted = fresh.map((one) => conversionOfShare(order, one, refused, number));
  const created = await tx.conversions.createAll(shop, wanted, now);
  await tx.queue.sendAll("send-conversion", toSendJobs(shop, created));
  for (const [id, part] of parts) await tx.conversions.savePart(shop, id, part);
  // What is on its way is compared with its order once its outcome is there.
  for (const one of await tx.conversions.listForOrder(shop, orderId)) {
    await reviewConversion(tx, order, one, now);
  }
  await retellOfParts(tx, order, now);
}

/** A part that may be there stays its partner's, though the code may have gone to another since. */
async function saveDecision(
  tx: Pick<PipelineStores, "orders">,
  order: Order,
  decided: Credited,
  tried: readonly Conversion[],
  now: Date,
): Promise<void> {
  const { shop, orderId, state, reason, problem } = order;
  const before = await tx.orders.findAttribution(shop, orderId);
  const sent = before?.attribution.outcome === "credited" ? before.attribution : decided;
  const sharesBefore = withNames(sent, order).shares;
  const named = decided.shares.map((share) => {
    const isTried = tried.some((one) => one.share === share.key);
    const asSent = isTried && sharesBefore.find(({ key }) => key === share.key);
    return asSent ? { ...share, partner: asSent.partner } : share;
  });
  const [first = decided.shares[0], ...others] = named;
  const attribution: Credited = { ...decided, shares: [first, ...others] };
  const decision = { orderId, state, reason, problem, attribution, forgets: false };
  await tx.orders.saveDecisions(shop, [decision], now);
}
