import type { ShopDomain } from "../ids.ts";
import type { ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { ImpactCredentials } from "../program/program.ts";
import type { Conversion } from "./conversion.ts";
import { firstCheckAt } from "./first-check.ts";
import {
  asUntried,
  counted,
  givenUp,
  released,
  saveOutcomes,
  triedLater,
  uncounted,
  type SendOutcome,
} from "./put-back-conversion.ts";

const POSTS_AT_ONCE = 16;
/** Longer than one call may take: what is left of a lease must cover it. */
const ONE_CALL_MS = 60_000;
const RENEWED_FOR_MS = 120_000;

interface Target {
  credentials: ImpactCredentials;
  /** How impact.com spells their codes, by the conversion's id, where that is otherwise. */
  spellings: ReadonlyMap<string, string>;
  /** The conversions as they were before they were addressed, by their ids. */
  asClaimed: ReadonlyMap<string, Conversion>;
}

/** Tells impact.com of addressed conversions, some at a time, and saves what it said in one transaction. */
export async function postConversions(
  ports: Ports,
  shop: ShopDomain,
  target: Target,
  conversions: readonly Conversion[],
): Promise<void> {
  // What is left of the hour's budget goes to the nearest reporting limit.
  const sorted = conversions.toSorted((a, b) => a.eventAt.getTime() - b.eventAt.getTime());
  const line = sorted.values();
  const outcomes: SendOutcome[] = [];
  // One draw for all: what is put back comes back together.
  const random = ports.random();
  const isStillConnected = sharedWhileAsked(() => isConnected(ports, shop, target.credentials));
  const post = async (conversion: Conversion) => {
    const covered = await coverByLease(ports, conversion);
    if (!covered) return;
    // The merchant may have left, or connected another account, since the list was begun.
    const outcome = (await isStillConnected())
      ? postOne(ports, target, covered, random)
      : released(asBefore(covered, target), "not-connected");
    outcomes.push(await outcome);
  };
  const postInTurn = async () => {
    for (const conversion of line) await post(conversion);
  };
  const tryFirst = async () => {
    const first = line.next();
    if (!first.done) await post(first.value);
  };
  // After an outage one tries alone: beside it the next nearest would only be told to wait.
  const isRetry = sorted.some(({ problem }) => problem !== null);
  const first = isRetry ? await Promise.allSettled([tryFirst()]) : [];
  const rest = await Promise.allSettled(Array.from({ length: POSTS_AT_ONCE }, postInTurn));
  const turns = [...first, ...rest];
  // What was sent is written down, whatever became of the others.
  await saveOutcomes(ports, shop, outcomes);
  const thrown = turns.find((turn) => turn.status === "rejected");
  if (thrown) throw thrown.reason;
}

/** Whoever asks while an answer is on its way gets that one. */
function sharedWhileAsked<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => (asked ??= ask().finally(() => (asked = null)));
}

/** Many calls may outlast a lease: then it is renewed, or somebody else has taken over. */
async function coverByLease(ports: Ports, conversion: Conversion): Promise<Conversion | null> {
  const now = ports.clock.now().getTime();
  const endsAt = conversion.leaseUntil?.getTime() ?? 0;
  if (endsAt - now >= ONE_CALL_MS) return conversion;
  const until = new Date(now + RENEWED_FOR_MS);
  const { shop } = conversion;
  const ours = await ports.store.conversions.renewLeases(shop, [conversion], until);
  return ours.length > 0 ? { ...conversion, leaseUntil: until } : null;
}

async function isConnected(
  { store }: Ports,
  shop: ShopDomain,
  { accountSid }: ImpactCredentials,
): Promise<boolean> {
  const connection = await store.connections.find(shop);
  return connection?.credentials.accountSid === accountSid;
}

async function postOne(
  ports: Ports,
  target: Target,
  conversion: Conversion,
  random: number,
): Promise<SendOutcome> {
  const registeredAs = target.spellings.get(conversion.id);
  const sent = await ports.impact.submitConversion(target.credentials, conversion, registeredAs);
  const now = ports.clock.now();
  if (!sent.ok) return notSent(conversion, sent.problem, target, { now, random });
  const news = { sentAt: now, nextAttemptAt: null, problem: null };
  return {
    conversion: { ...conversion, ...news, state: "sent" },
    reason: "outcome-pending",
    problem: null,
    submission: {
      submissionId: sent.value.submissionId,
      conversionId: conversion.id,
      adjustmentId: null,
      state: "queued",
      errorType: null,
      errorReason: null,
      partnerId: null,
      checks: 0,
      submittedAt: now,
      completedAt: null,
    },
    checkAt: firstCheckAt(now),
  };
}

function notSent(
  conversion: Conversion,
  problem: ImpactProblem,
  target: Target,
  at: { now: Date; random: number },
): SendOutcome {
  const { tookNothing = false, retry } = problem;
  if (retry === "never") {
    // Whoever mends the cause sends it anew: a try of which nothing came does not stand in the way.
    const refused = tookNothing ? uncounted(conversion) : conversion;
    return givenUp(refused, "refused", problem, at.now);
  }
  const tried = tookNothing ? counted(asBefore(uncounted(conversion), target)) : conversion;
  return triedLater(tried, problem, at);
}

/** What no earlier try can have brought there is free once more, and its wait goes on growing. */
function asBefore(conversion: Conversion, { asClaimed }: Target): Conversion {
  const was = asClaimed.get(conversion.id);
  if (was?.accountSid === null) return { ...asUntried(conversion), attempts: was.attempts };
  return { ...conversion, settledAt: was?.settledAt ?? null };
}
