import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { Connection, Program } from "../program/program.ts";
import type { Result } from "../result.ts";
import { conversionLines } from "./conversion-lines.ts";
import type { Conversion } from "./conversion.ts";
import { giveUp, isTooLate, release, saveReason, tryLater } from "./put-back-conversion.ts";

/** Longer than the one call it covers may take; after it, another worker may take over. */
const LEASE_MS = 120_000;
const FIRST_CHECK_MS = 5_000;

/**
 * Sends one conversion to impact.com. Whoever holds the lease sends; everybody else comes back when
 * it ends. What can't go out now is put back with a reason and, where waiting helps, a job for later.
 */
export async function sendConversion(
  ports: Ports,
  { shop, conversionId }: JobPayloads["send-conversion"],
): Promise<void> {
  const conversion = await ports.store.conversions.claim(shop, conversionId, newLease(ports));
  if (!conversion) return comeBackAfterLease(ports, { shop, conversionId });

  const connection = await ports.store.connections.find(shop);
  if (!connection?.program) return release(ports, conversion, "not-connected");
  const code = await ports.store.codes.findByCode(shop, conversion.code);
  if (code?.impactState !== "registered") return release(ports, conversion, "code-not-registered");
  if (isTooLate(conversion, ports.clock.now())) {
    return giveUp(ports, conversion, "too-late", null);
  }
  const isElsewhere = ![null, connection.credentials.accountSid].includes(conversion.accountSid);
  if (isElsewhere) return release(ports, conversion, "not-connected", otherAccount(conversion));

  const prepared = await prepare(ports, conversion);
  if (!prepared.ok) return tryLater(ports, conversion, prepared.problem);
  const addressed = await address(ports, prepared.value, connection, connection.program);
  if (addressed) await post(ports, connection, addressed);
}

function newLease({ clock }: Ports): { now: Date; until: Date } {
  const now = clock.now();
  return { now, until: new Date(now.getTime() + LEASE_MS) };
}

/** Whoever holds the lease may have died with it: then this job is the one that goes on. */
async function comeBackAfterLease(
  { store }: Ports,
  payload: JobPayloads["send-conversion"],
): Promise<void> {
  const held = await store.conversions.find(payload.shop, payload.conversionId);
  if (held?.state !== "sending" || !held.leaseUntil) return;
  await store.queue.send("send-conversion", payload, { startAfter: held.leaseUntil });
}

function otherAccount({ accountSid }: Conversion): string {
  return `It was first sent through the impact.com account ${accountSid}, which may have it. Connect that account again.`;
}

/** Asks Shopify once for what the webhook doesn't carry; what Shopify won't tell is left out. */
async function prepare(ports: Ports, conversion: Conversion): Promise<Result<Conversion>> {
  if (conversion.lines.length > 0) return { ok: true, value: conversion };
  const order = await ports.store.orders.find(conversion.shop, conversion.orderId);
  if (!order) throw new Error(`conversion ${conversion.id} has no order`);
  const details = await ports.shopify.orderDetails(conversion.shop, conversion.orderId);
  if (!details.ok && details.problem.retry === "later") return details;

  const index = details.ok ? details.value.customerOrderIndex : null;
  const productTypes = details.ok ? details.value.productTypes : new Map<string, string>();
  return {
    ok: true,
    value: {
      ...conversion,
      lines: conversionLines(order.facts, productTypes),
      customerStatus: index === null ? null : index === 0 ? "NEW" : "EXISTING",
    },
  };
}

/**
 * Writes down where it goes before it goes: from then on impact.com may have it, and no later choice
 * of program may send it elsewhere. Renews the lease; null where somebody else has it by now.
 */
async function address(
  ports: Ports,
  conversion: Conversion,
  { credentials }: Connection,
  { programId, eventTypeId }: Program,
): Promise<Conversion | null> {
  const { accountSid } = credentials;
  const isFirstTime = conversion.accountSid === null;
  const addressed = isFirstTime
    ? { ...conversion, accountSid, programId, eventTypeId }
    : conversion;
  const { until } = newLease(ports);
  const isOurs = await ports.store.conversions.renewLease(conversion.shop, addressed, until);
  return isOurs ? { ...addressed, leaseUntil: until } : null;
}

async function post(ports: Ports, connection: Connection, conversion: Conversion): Promise<void> {
  const sent = await ports.impact.submitConversion(connection.credentials, conversion);
  if (!sent.ok) {
    if (sent.problem.retry === "later") return tryLater(ports, conversion, sent.problem);
    return giveUp(ports, conversion, "refused", sent.problem);
  }
  const now = ports.clock.now();
  const { submissionId } = sent.value;
  const { shop } = conversion;
  await ports.store.inTransaction(async (tx) => {
    const attempts = conversion.attempts + 1;
    const news = { sentAt: now, attempts, nextAttemptAt: null, problem: null };
    const isSaved = await tx.conversions.save(shop, { ...conversion, ...news, state: "sent" });
    if (!isSaved) return;
    await tx.conversions.saveSubmission(shop, {
      submissionId,
      conversionId: conversion.id,
      state: "queued",
      errorType: null,
      errorReason: null,
      partnerId: null,
      checks: 0,
      submittedAt: now,
      completedAt: null,
    });
    await saveReason(tx, conversion, "outcome-pending", null, now);
    const startAfter = new Date(now.getTime() + FIRST_CHECK_MS);
    await tx.queue.send("check-submission", { shop, submissionId }, { startAfter });
  });
}
