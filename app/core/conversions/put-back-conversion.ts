import type { OrderId, ShopDomain } from "../ids.ts";
import type { OrderReason } from "../orders/order-state.ts";
import type { CodeUse } from "../ports/code-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Problem } from "../result.ts";
import { nextAttemptAt, onTheSecond } from "../retry.ts";
import { toCheckJobs } from "./check-jobs.ts";
import type { Conversion, Submission } from "./conversion.ts";
import { reportingEndsAt } from "./reporting-limit.ts";
import { toSendJobs, type ToSend } from "./send-jobs.ts";
import { saveStandings } from "./standing.ts";

/** What became of one sending: the conversion as it is from now on, and what the order's line says. */
export interface SendOutcome {
  conversion: Conversion;
  reason: OrderReason;
  problem: string | null;
  /** It waits for the merchant: it goes at once where what it waits for has come meanwhile. */
  isReleased?: boolean;
  /** It is held on, since impact.com could not be asked whose its click was: that is asked once more. */
  asksForClick?: boolean;
  sendAt?: Date;
  submission?: Submission;
  checkAt?: Date;
}

/** Whether impact.com would take no order of that age any more. */
export function isTooLate({ eventAt }: Pick<Conversion, "eventAt">, at: Date): boolean {
  return at > reportingEndsAt(eventAt);
}

/** With one more try. What goes to impact.com is counted before it goes: a try may end unseen. */
export function counted(conversion: Conversion): Conversion {
  return { ...conversion, attempts: conversion.attempts + 1 };
}

/** Without a try that impact.com has refused at once: nothing of it is there. */
export function uncounted(conversion: Conversion): Conversion {
  return { ...conversion, attempts: conversion.attempts - 1 };
}

/**
 * As one that was never tried: nothing of it has reached impact.com, so it may still go elsewhere, or not
 * at all. Its tries are counted on for the wait alone, until it is addressed again.
 */
export function asUntried(conversion: Conversion): Conversion {
  return { ...conversion, accountSid: null, lines: [] };
}

/** Back for another try after one that was counted, or given up where that would come too late. */
export function triedLater(
  conversion: Conversion,
  problem: Problem,
  { now, random }: { now: Date; random: number },
): SendOutcome {
  const attempts = conversion.attempts - 1;
  const at = nextAttemptAt({ now, attempts, random, notBefore: problem.retryAt });
  if (isTooLate(conversion, at)) return givenUp(conversion, "too-late", problem, now);
  const { message } = problem;
  const news = { nextAttemptAt: at, problem: message };
  return {
    conversion: { ...conversion, ...news, state: "ready" },
    reason: "trying-again",
    problem: message,
    sendAt: at,
  };
}

/** Back because it waits for the merchant; connecting or registering queues it again. */
export function released(
  conversion: Conversion,
  reason: "not-connected" | "code-not-registered",
  problem: string | null = null,
): SendOutcome {
  return { conversion: { ...conversion, state: "ready" }, reason, problem, isReleased: true };
}

/** Back for being sent at once, as another partner's or to another place. */
export function sentAnew(conversion: Conversion, now: Date): SendOutcome {
  const ready = { ...conversion, state: "ready" as const };
  return { conversion: ready, reason: "to-send", problem: null, sendAt: now };
}

/** The codes by which conversions are credited: of a click alone there is none. */
export function codeUsesOf(conversions: readonly Conversion[]): CodeUse[] {
  return conversions.flatMap(({ id, code, partnerId, eventAt: placedAt }) =>
    code && partnerId ? [{ id, code, partnerId, placedAt }] : [],
  );
}

/** Ended: impact.com will not take it; the merchant may send it once more. */
export function givenUp(
  conversion: Conversion,
  reason: "refused" | "too-late" | "broke-off",
  problem: Problem | null,
  now: Date,
): SendOutcome {
  const message = problem?.message ?? null;
  const ended = { settledAt: now, emailSha1: null, problem: message };
  return {
    conversion: { ...conversion, ...ended, state: "failed" },
    reason,
    problem: message,
  };
}

/** Saves what became of a shop's conversions in one transaction, and lets go of their leases. */
export async function saveOutcomes(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
  outcomes: readonly SendOutcome[],
): Promise<void> {
  if (outcomes.length === 0) return;
  await store.inPipeline(async (tx) => {
    const orderIds = outcomes.map(({ conversion }) => conversion.orderId);
    await tx.orders.lockAll(shop, sortedOnce(orderIds));
    if (outcomes.some(({ isReleased }) => isReleased)) await tx.connections.hold(shop, "reading");
    const conversions = outcomes.map(({ conversion }) => conversion);
    const ids = new Set(await tx.conversions.saveTries(shop, conversions));
    const saved = outcomes.filter(({ conversion }) => ids.has(conversion.id));
    const submissions = saved.flatMap(({ submission }) => submission ?? []);
    await tx.conversions.saveSubmissions(shop, submissions);
    await saveStandings(tx, shop, saved, clock.now());
    await queueNext(tx, shop, saved);
  });
}

export function sortedOnce(orderIds: readonly OrderId[]): OrderId[] {
  return [...new Set(orderIds)].sort();
}

/** As after so many tries the next one would come too late: whoever holds it on asks for it himself. */
const ASKED_ONCE = 12;

async function queueNext(
  tx: PipelineStores,
  shop: ShopDomain,
  saved: readonly SendOutcome[],
): Promise<void> {
  const hasCome = await whatHasCome(tx, shop, saved);
  const again = saved.filter((outcome) => outcome.sendAt ?? hasCome(outcome));
  const sends = again.map(({ conversion: { id, eventAt }, sendAt }): ToSend => ({
    id,
    eventAt,
    startAfter: sendAt && onTheSecond(sendAt),
  }));
  await tx.queue.sendAll("send-conversion", toSendJobs(shop, sends));
  const asking = new Set(saved.flatMap((one) => (one.asksForClick ? one.conversion.orderId : [])));
  const lookUps = [...asking].map((orderId) => ({
    payload: { shop, orderId, attempts: ASKED_ONCE },
  }));
  await tx.queue.sendAll("look-up-click", lookUps);
  const checks = saved.flatMap(({ submission, checkAt: startAfter }) =>
    submission && startAfter ? [{ submissionId: submission.submissionId, startAfter }] : [],
  );
  await tx.queue.sendAll("check-submission", toCheckJobs(shop, checks));
}

/** What a released one waits for may have come since it was looked for. */
async function whatHasCome(
  tx: PipelineStores,
  shop: ShopDomain,
  saved: readonly SendOutcome[],
): Promise<(outcome: SendOutcome) => boolean> {
  const waiting = saved.filter(({ isReleased }) => isReleased);
  if (waiting.length === 0) return () => false;
  const connection = await tx.connections.find(shop);
  const uses = codeUsesOf(waiting.map(({ conversion }) => conversion));
  await tx.codes.hold(
    shop,
    uses.map(({ code }) => code),
  );
  const covers = await tx.codes.listCovers(shop, uses);
  const ended = new Set(waiting.flatMap((one) => covers.get(one.conversion.id)?.leftEndedId ?? []));
  const registrations = [...ended].map((codeId) => ({ payload: { shop, codeId } }));
  await tx.queue.sendAll("register-code", registrations);
  return ({ isReleased, reason, conversion }) => {
    if (!isReleased) return false;
    if (reason === "code-not-registered") {
      const cover = covers.get(conversion.id);
      return cover !== undefined && (cover.isRegistered || cover.isGone);
    }
    const account = connection?.credentials.accountSid;
    const isRight = conversion.accountSid === null || account === conversion.accountSid;
    return Boolean(connection?.program) && isRight;
  };
}
