import type { Attribution, Credited, KnownCode } from "../attribution/attribution.ts";
import { withCodesHandedOver } from "../attribution/hand-over-codes.ts";
import { statusFor } from "../orders/order-state.ts";
import type { Order } from "../orders/order.ts";
import type { NewConversion } from "../ports/conversion-stores.ts";
import type { PipelineStores } from "../ports/store.ts";
import { conversionsOfShares, numberOf } from "./conversions-of-shares.ts";
import type { Conversion } from "./conversion.ts";
import { toSendJobs } from "./send-jobs.ts";
import { isUntried } from "./take-back.ts";

/** An order with what is to be reported of it, and how it would be attributed now. */
export interface Anew {
  order: Order;
  ofOrder: readonly Conversion[];
  attribution: Attribution;
  codes: readonly KnownCode[];
}

/**
 * Shares an order anew. Where nothing of it can have reached impact.com, its conversions give way to
 * those of the new shares; else the parts stay what they are, and an untried one goes to whoever had
 * its code. The caller holds the order's lock.
 */
export async function shareAnew(tx: PipelineStores, anew: Anew, now: Date): Promise<void> {
  const { order, ofOrder, attribution } = anew;
  const [first] = ofOrder;
  if (!first) return;
  if (!ofOrder.every(isUntried)) return handOverParts(tx, anew, now);
  if (attribution.outcome === "nobody") return takeClickBack(tx, anew, attribution, now);
  const wanted = conversionsOfShares(order, attribution.shares, first, numberOf(ofOrder));
  if (isAlike(ofOrder, wanted)) return saveEarners(tx, anew, wanted, now);
  for (const { id } of ofOrder) await tx.conversions.remove(order.shop, id);
  const created = await tx.conversions.createAll(order.shop, wanted, now);
  await tx.queue.sendAll("send-conversion", toSendJobs(order.shop, created));
  const status = { ...statusFor("to-send"), problem: null };
  const decision = { orderId: order.orderId, ...status, attribution, forgets: false };
  await tx.orders.saveDecisions(order.shop, [decision], now);
}

/** The click that alone earned it is nobody's by now: nothing is reported of the order. */
async function takeClickBack(
  tx: Pick<PipelineStores, "conversions" | "orders">,
  { order, ofOrder }: Anew,
  attribution: Extract<Attribution, { outcome: "nobody" }>,
  now: Date,
): Promise<void> {
  if (ofOrder.some(({ code }) => code !== null)) return;
  for (const { id } of ofOrder) await tx.conversions.remove(order.shop, id);
  const status = { ...statusFor(attribution.because), problem: null };
  const decision = { orderId: order.orderId, ...status, attribution, forgets: false };
  await tx.orders.saveDecisions(order.shop, [decision], now);
}

/** Who earns them and how much stays as it was decided; what was decided tells their partners of now. */
async function handOverParts(
  tx: Pick<PipelineStores, "conversions" | "orders">,
  { order, ofOrder, codes }: Anew,
  now: Date,
): Promise<void> {
  const { shop, orderId, state, reason, problem } = order;
  const moved = ofOrder.filter(isUntried).flatMap(({ id, code, partnerId }) => {
    const partner = codes.find((one) => one.code === code)?.partner;
    const isMoved = code && partner && partner.partnerId !== partnerId;
    return isMoved ? [{ id, code, partner }] : [];
  });
  for (const { id, code, partner } of moved) {
    // A click that it had was the partner's before.
    const earner = { partnerId: partner.partnerId, code, clickId: null };
    await tx.conversions.saveEarner(shop, id, earner);
  }
  const before = await tx.orders.findAttribution(shop, orderId);
  if (moved.length === 0 || before?.attribution.outcome !== "credited") return;
  const owners = new Map(moved.map(({ code, partner }) => [code, partner]));
  const attribution = withCodesHandedOver(withNames(before.attribution, order), owners);
  const decision = { orderId, state, reason, problem, attribution, forgets: false };
  await tx.orders.saveDecisions(shop, [decision], now);
}

/** Whose a click was that was sent, impact.com may have told since: the order's line alone says it. */
export function withNames(decided: Credited, { shares: named }: Pick<Order, "shares">): Credited {
  const [first, ...others] = decided.shares.map((share, nth) => ({
    ...share,
    partner: share.partner ?? named?.[nth]?.partner ?? null,
  }));
  return { ...decided, shares: [first ?? decided.shares[0], ...others] };
}

/** The same parts stay the conversions they are; whose a part is may have been found out since. */
async function saveEarners(
  tx: Pick<PipelineStores, "conversions" | "orders">,
  { order, ofOrder, attribution }: Anew,
  wanted: readonly NewConversion[],
  now: Date,
): Promise<void> {
  const { shop, orderId, state, reason, problem } = order;
  const byShare = new Map(wanted.map((one) => [one.share, one]));
  const moved = ofOrder.flatMap(({ id, share, partnerId }) => {
    const earner = byShare.get(share);
    return earner && earner.partnerId !== partnerId ? [{ id, earner }] : [];
  });
  for (const { id, earner } of moved) await tx.conversions.saveEarner(shop, id, earner);
  const decision = { orderId, state, reason, problem, attribution, forgets: false };
  await tx.orders.saveDecisions(shop, [decision], now);
}

/** The same shares of the same codes and clicks. */
function isAlike(ofOrder: readonly Conversion[], wanted: readonly NewConversion[]): boolean {
  const textOf = ({ share, part, code, clickId }: NewConversion) =>
    JSON.stringify([share, part?.weights, part?.position, code, clickId]);
  const texts = new Set(ofOrder.map(textOf));
  return wanted.length === ofOrder.length && wanted.every((one) => texts.has(textOf(one)));
}
