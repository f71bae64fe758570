import { statusFor, type OrderReason } from "../orders/order-state.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import type { Problem } from "../result.ts";
import { nextAttemptAt } from "../retry.ts";
import type { Conversion } from "./conversion.ts";

/** impact.com documents 88 days for dated conversions; a margin keeps the last try inside. */
const REPORTING_DAYS = 85;
const DAY_MS = 86_400_000;

/** Whether impact.com would take no order of that age any more. */
export function isTooLate({ eventAt }: Conversion, at: Date): boolean {
  return at.getTime() > eventAt.getTime() + REPORTING_DAYS * DAY_MS;
}

/** Puts a conversion back for another try, or gives it up where that try would come too late. */
export async function tryLater(
  ports: Ports,
  conversion: Conversion,
  problem: Problem,
): Promise<void> {
  const now = ports.clock.now();
  const { attempts, shop, id: conversionId } = conversion;
  const random = ports.random();
  const at = nextAttemptAt({ now, attempts, random, notBefore: problem.retryAt });
  if (isTooLate(conversion, at)) return giveUp(ports, conversion, "too-late", problem);
  await ports.store.inTransaction(async (tx) => {
    const news = { attempts: attempts + 1, nextAttemptAt: at, problem: problem.message };
    const isSaved = await tx.conversions.save(shop, { ...conversion, ...news, state: "ready" });
    if (!isSaved) return;
    await saveReason(tx, conversion, "trying-again", problem.message, now);
    await tx.queue.send("send-conversion", { shop, conversionId }, { startAfter: at });
  });
}

/** Puts a conversion back that waits for the merchant; connecting or registering queues it again. */
export async function release(
  ports: Ports,
  conversion: Conversion,
  reason: "not-connected" | "code-not-registered",
  problem: string | null = null,
): Promise<void> {
  const { shop, id: conversionId } = conversion;
  await ports.store.inTransaction(async (tx) => {
    await tx.connections.hold(shop, "reading");
    const isSaved = await tx.conversions.save(shop, { ...conversion, state: "ready" });
    if (!isSaved) return;
    await saveReason(tx, conversion, reason, problem, ports.clock.now());
    // What it waits for may have come since it was looked for.
    const hasCome = await isThere(tx, conversion, reason);
    if (hasCome) await tx.queue.send("send-conversion", { shop, conversionId });
  });
}

async function isThere(
  tx: Stores,
  { shop, code, accountSid }: Conversion,
  reason: "not-connected" | "code-not-registered",
): Promise<boolean> {
  if (reason === "code-not-registered") {
    return (await tx.codes.findByCode(shop, code))?.impactState === "registered";
  }
  const connection = await tx.connections.find(shop);
  const isRightAccount = accountSid === null || connection?.credentials.accountSid === accountSid;
  return Boolean(connection?.program) && isRightAccount;
}

/** Ends a conversion that impact.com will not take; the merchant may send it once more. */
export async function giveUp(
  ports: Ports,
  conversion: Conversion,
  reason: "refused" | "too-late",
  problem: Problem | null,
): Promise<void> {
  const now = ports.clock.now();
  const message = problem?.message ?? null;
  await ports.store.inTransaction(async (tx) => {
    const isSaved = await tx.conversions.save(conversion.shop, {
      ...conversion,
      state: "failed",
      attempts: conversion.attempts + 1,
      settledAt: now,
      emailSha1: null,
      problem: message,
    });
    if (isSaved) await saveReason(tx, conversion, reason, message, now);
  });
}

/** Tells on the order's line where its conversion stands. */
export async function saveReason(
  tx: Stores,
  conversion: Conversion,
  reason: OrderReason,
  problem: string | null,
  now: Date,
): Promise<void> {
  const status = { ...statusFor(reason), problem };
  await tx.orders.saveStatus(conversion.shop, conversion.orderId, status, now);
}
