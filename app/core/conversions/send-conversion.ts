import { statusFor, type OrderReason } from "../orders/order-state.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { Stores } from "../ports/store.ts";
import type { Connection } from "../program/program.ts";
import type { Problem, Result } from "../result.ts";
import { nextAttemptAt } from "../retry.ts";
import { conversionLines } from "./conversion-lines.ts";
import type { Conversion } from "./conversion.ts";

/** Longer than one call may take; after it, another worker may take a dead one's conversion. */
const LEASE_MS = 120_000;
/** impact.com documents 88 days for dated conversions; a margin keeps the last try inside. */
const REPORTING_DAYS = 85;
const DAY_MS = 86_400_000;
const FIRST_CHECK_MS = 5_000;

/**
 * Sends one conversion to impact.com. Whoever holds the lease sends; everybody else returns.
 * What can't go out now is put back with a reason and, where waiting helps, a job for later.
 */
export async function sendConversion(
  ports: Ports,
  { shop, conversionId }: JobPayloads["send-conversion"],
): Promise<void> {
  const now = ports.clock.now();
  const lease = { now, until: new Date(now.getTime() + LEASE_MS) };
  const conversion = await ports.store.conversions.claim(shop, conversionId, lease);
  if (!conversion) return comeBackAfterLease(ports, { shop, conversionId });

  const connection = await ports.store.connections.find(shop);
  if (!connection?.program) return release(ports, conversion, "not-connected");
  const code = await ports.store.codes.findByCode(shop, conversion.code);
  if (code?.impactState !== "registered") return release(ports, conversion, "code-not-registered");

  if (now > deadlineOf(conversion)) return giveUp(ports, conversion, "too-late", null);

  // Nothing of it has reached impact.com yet, so the program chosen since then counts.
  const { programId, eventTypeId } = connection.program;
  const addressed =
    conversion.attempts === 0 ? { ...conversion, programId, eventTypeId } : conversion;
  const prepared = await prepare(ports, addressed);
  if (!prepared.ok) return tryLater(ports, conversion, prepared.problem);
  await post(ports, connection, prepared.value);
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

async function post(ports: Ports, connection: Connection, conversion: Conversion): Promise<void> {
  const sent = await ports.impact.submitConversion(connection.credentials, conversion);
  if (!sent.ok) {
    if (sent.problem.retry === "later") return tryLater(ports, conversion, sent.problem);
    return giveUp(ports, conversion, "refused", sent.problem);
  }
  const now = ports.clock.now();
  const { submissionId } = sent.value;
  await ports.store.inTransaction(async (tx) => {
    const attempts = conversion.attempts + 1;
    const fields = {
      state: "sent",
      sentAt: now,
      attempts,
      nextAttemptAt: null,
      problem: null,
    } as const;
    await tx.conversions.save(conversion.shop, { ...conversion, ...fields });
    await tx.conversions.saveSubmission(conversion.shop, {
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
    await tx.queue.send(
      "check-submission",
      { shop: conversion.shop, submissionId },
      { startAfter },
    );
  });
}

/** impact.com takes no order older than this; what can't be sent before is given up. */
function deadlineOf({ eventAt }: Conversion): Date {
  return new Date(eventAt.getTime() + REPORTING_DAYS * DAY_MS);
}

async function tryLater(ports: Ports, conversion: Conversion, problem: Problem): Promise<void> {
  const now = ports.clock.now();
  const at = nextAttemptAt({
    now,
    attempts: conversion.attempts,
    random: ports.random(),
    notBefore: problem.retryAt,
  });
  if (at > deadlineOf(conversion)) return giveUp(ports, conversion, "too-late", problem);
  await ports.store.inTransaction(async (tx) => {
    const attempts = conversion.attempts + 1;
    const fields = {
      state: "ready",
      attempts,
      nextAttemptAt: at,
      problem: problem.message,
    } as const;
    await tx.conversions.save(conversion.shop, { ...conversion, ...fields });
    await saveReason(tx, conversion, "trying-again", problem.message, now);
    const payload = { shop: conversion.shop, conversionId: conversion.id };
    await tx.queue.send("send-conversion", payload, { startAfter: at });
  });
}

/** Puts a conversion back that waits for the merchant; connecting or registering queues it again. */
async function release(
  ports: Ports,
  conversion: Conversion,
  reason: "not-connected" | "code-not-registered",
): Promise<void> {
  await ports.store.inTransaction(async (tx) => {
    await tx.conversions.save(conversion.shop, { ...conversion, state: "ready" });
    await saveReason(tx, conversion, reason, null, ports.clock.now());
  });
}

async function giveUp(
  ports: Ports,
  conversion: Conversion,
  reason: "refused" | "too-late",
  problem: Problem | null,
): Promise<void> {
  const now = ports.clock.now();
  const message = problem?.message ?? null;
  await ports.store.inTransaction(async (tx) => {
    await tx.conversions.save(conversion.shop, {
      ...conversion,
      state: "failed",
      attempts: conversion.attempts + 1,
      settledAt: now,
      emailSha1: null,
      problem: message,
    });
    await saveReason(tx, conversion, reason, message, now);
  });
}

async function saveReason(
  tx: Stores,
  conversion: Conversion,
  reason: OrderReason,
  problem: string | null,
  now: Date,
): Promise<void> {
  const status = { ...statusFor(reason), problem };
  await tx.orders.saveStatus(conversion.shop, conversion.orderId, status, now);
}
