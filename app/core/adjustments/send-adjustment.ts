import type { Conversion } from "../conversions/conversion.ts";
import { brokeOffTooOften } from "../conversions/broken-off.ts";
import { toCheckJobs } from "../conversions/check-jobs.ts";
import { firstCheckAt } from "../conversions/first-check.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { ImpactCredentials } from "../program/program.ts";
import { isTakenBack, type Adjustment } from "./adjustment.ts";
import { toAdjustJob } from "./adjusting-limit.ts";
import { atStake, heldBy, planFor } from "./judge-conversion.ts";
import { heldMinor } from "./plan-adjustment.ts";
import { fail, isTooLate, release, tryLater } from "./put-back-adjustment.ts";
import { reviewConversion } from "./review-conversion.ts";

/** Longer than the one call it covers may take; after it, another worker may take over. */
const LEASE_MS = 120_000;

/**
 * Sends one adjustment to impact.com, with what the order earns by now. Whoever holds the lease sends;
 * everybody else comes back when it ends.
 */
export async function sendAdjustment(
  ports: Ports,
  { shop, adjustmentId }: JobPayloads["send-adjustment"],
): Promise<void> {
  const lease = newLease(ports);
  const claimed = await ports.store.adjustments.claim(shop, adjustmentId, lease);
  if (!claimed) return comeBackAfterLease(ports, { shop, adjustmentId });

  const conversion = await ports.store.conversions.find(shop, claimed.conversionId);
  if (!conversion) throw new Error(`adjustment ${adjustmentId} has no conversion`);
  if (isTooLate(claimed, lease.now)) return giveUp(ports, claimed, conversion);
  if (brokeOffTooOften(claimed)) return fail(ports, claimed, BROKE_OFF);
  const connection = await ports.store.connections.find(shop);
  // Only the account it was reported to has the action.
  if (connection?.credentials.accountSid !== conversion.accountSid) {
    return release(ports, claimed, conversion);
  }
  const prepared = await prepare(ports, claimed);
  if (prepared) await post(ports, connection.credentials, prepared);
}

const BROKE_OFF = {
  kind: "broke-off",
  retry: "never",
  message:
    "This app broke off each time it sent the change to impact.com. Try again, and tell our support if that doesn't help.",
} as const;

function giveUp(ports: Ports, adjustment: Adjustment, conversion: Conversion): Promise<void> {
  const message = atStake(conversion, adjustment.target);
  return fail(ports, adjustment, { kind: "too-late", retry: "never", message });
}

function newLease({ clock }: Ports): { now: Date; until: Date } {
  const now = clock.now();
  return { now, until: new Date(now.getTime() + LEASE_MS) };
}

async function comeBackAfterLease(
  { store }: Ports,
  payload: JobPayloads["send-adjustment"],
): Promise<void> {
  const held = await store.adjustments.find(payload.shop, payload.adjustmentId);
  if (held?.state !== "sending" || !held.leaseUntil) return;
  await store.queue.sendAll("send-adjustment", [toAdjustJob(held, held.leaseUntil)]);
}

interface Prepared {
  adjustment: Adjustment;
  conversion: Conversion;
}

/**
 * Takes in what the order has become since, and writes down what is about to be sent: from then on
 * impact.com may have it. Null where nothing is left to send, or somebody else has it by now.
 */
async function prepare(ports: Ports, claimed: Adjustment): Promise<Prepared | null> {
  const { now, until } = newLease(ports);
  const { shop, orderId } = claimed;
  return ports.store.inTransaction(async (tx) => {
    await tx.orders.lock(shop, orderId);
    const order = await tx.orders.find(shop, orderId);
    const conversion = await tx.conversions.find(shop, claimed.conversionId);
    if (!order || !conversion) throw new Error(`adjustment ${claimed.id} has no order`);
    const newest = replan(claimed, conversion, planFor(order, conversion));
    if (!newest) {
      const isGone = await tx.adjustments.remove(shop, claimed);
      if (isGone) await reviewConversion(tx, order, conversion, now);
      return null;
    }
    const adjustment = { ...newest, attempts: claimed.attempts + 1 };
    const isOurs = await tx.adjustments.renewLease(shop, adjustment, until);
    return isOurs ? { adjustment: { ...adjustment, leaseUntil: until }, conversion } : null;
  });
}

/**
 * What may have reached impact.com is not simply forgotten: a change is sent with newer values, even
 * where those are the old ones again, and a reversal to its end.
 */
function replan(
  claimed: Adjustment,
  conversion: Conversion,
  plan: ReturnType<typeof planFor>,
): Adjustment | null {
  if (isTakenBack(claimed)) return claimed;
  const mayBeThere = claimed.attempts > 0;
  if (mayBeThere && claimed.kind === "reversal") return claimed;
  if (plan.kind !== "none") {
    const { kind, disposition, target } = plan;
    return { ...claimed, kind, disposition, target, toMinor: heldMinor(target) };
  }
  const target = heldBy(conversion);
  return mayBeThere ? { ...claimed, target, toMinor: heldMinor(target) } : null;
}

async function post(
  ports: Ports,
  credentials: ImpactCredentials,
  { adjustment, conversion }: Prepared,
): Promise<void> {
  const sent = await ports.impact.submitAdjustment(credentials, adjustment, conversion);
  if (!sent.ok) {
    if (sent.problem.retry === "later") return tryLater(ports, adjustment, sent.problem);
    return fail(ports, adjustment, sent.problem);
  }
  const now = ports.clock.now();
  const { submissionId } = sent.value;
  const { shop, id: adjustmentId, conversionId } = adjustment;
  await ports.store.inTransaction(async (tx) => {
    const news = { state: "sent", sentAt: now, nextAttemptAt: null, problem: null } as const;
    const isSaved = await tx.adjustments.save(shop, { ...adjustment, ...news });
    if (!isSaved) return;
    await tx.conversions.saveSubmission(shop, {
      submissionId,
      conversionId,
      adjustmentId,
      state: "queued",
      errorType: null,
      errorReason: null,
      partnerId: null,
      checks: 0,
      submittedAt: now,
      completedAt: null,
    });
    const check = { submissionId, startAfter: firstCheckAt(now) };
    await tx.queue.sendAll("check-submission", toCheckJobs(shop, [check]));
  });
}
