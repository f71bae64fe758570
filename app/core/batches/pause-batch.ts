import { untoldUntil } from "../codes/goes-on-at.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import type { Problem } from "../result.ts";
import { nextAttemptAt } from "../retry.ts";
import { jobOf, type Batch } from "./batch.ts";

const POLL_MS = 1_000;
const LONGEST_POLL_MS = 60_000;
/** Without any code getting further: days of tries, or three hours of Shopify's own work. */
const MOST_ATTEMPTS = 200;

/** Looks again in a second; where Shopify has been asked in vain, ever more seldom. */
export async function pollLater(
  ports: Ports,
  { shop, id }: Batch,
  step: "wait" | "poll",
): Promise<void> {
  const batch = await ports.store.batches.find(shop, id);
  if (!batch) return;
  const now = ports.clock.now().getTime();
  if (step === "wait") return runLater(ports, batch, new Date(now + POLL_MS));
  if (batch.attempts >= MOST_ATTEMPTS) return giveUp(ports, batch, batch.problem ?? STILL_WORKING);
  const wait = Math.min(POLL_MS * Math.max(1, batch.attempts), LONGEST_POLL_MS);
  await runLater(ports, { ...batch, attempts: batch.attempts + 1 }, new Date(now + wait));
}

const STILL_WORKING =
  "Shopify has been making the codes for hours and doesn't get done. Try again.";

/** It has ended without a word of any code. */
export const LOST: ShopifyProblem = {
  kind: "unavailable",
  retry: "later",
  message: "Shopify has not said what became of the codes. They are added again.",
};

/**
 * Tries again later what can help, and gives up what can not. Having to slow down, to leave impact.com
 * alone or to wait until the shop is open again is no failed try: it goes on as soon as it may.
 */
export async function pause(ports: Ports, { shop, id }: Batch, problem: Problem): Promise<void> {
  const batch = await ports.store.batches.find(shop, id);
  if (!batch) return;
  const untried =
    slowUntil(ports, problem) ?? closedUntil(ports, batch, problem) ?? untoldUntil(ports, problem);
  if (untried) return runLater(ports, { ...batch, problem: problem.message }, untried);
  const failed = { ...batch, attempts: batch.attempts + 1, problem: problem.message };
  if (problem.retry === "never" || batch.attempts >= MOST_ATTEMPTS) {
    return giveUp(ports, failed, problem.message);
  }
  const now = ports.clock.now();
  const { attempts } = batch;
  const notBefore = problem.retryAt;
  const startAfter = nextAttemptAt({ now, attempts, random: ports.random(), notBefore });
  await runLater(ports, failed, startAfter);
}

/** Points come back within seconds; a job that came too early would only be refused again. */
const LEAST_WAIT_MS = 1_000;

/** When Shopify has points for it again; null where it is not for lack of them. */
function slowUntil(
  { clock, random }: Pick<Ports, "clock" | "random">,
  { kind, retryAt }: Problem,
): Date | null {
  if (kind !== "throttled") return null;
  const soonest = clock.now().getTime() + LEAST_WAIT_MS * (1 + random());
  return new Date(Math.max(soonest, retryAt?.getTime() ?? 0));
}

/** So many doublings of the first wait come to the longest. */
const ONCE_AN_HOUR = 12;

/**
 * When to look whether the shop is open again; null where it is not for being closed. What a cancelled
 * change holds is let go after some tries, which must count for that.
 */
function closedUntil(
  { clock, random }: Pick<Ports, "clock" | "random">,
  { state, change }: Batch,
  { kind }: Problem,
): Date | null {
  if (kind !== "shop-closed" || (state === "cancelling" && change !== null)) return null;
  return nextAttemptAt({ now: clock.now(), attempts: ONCE_AN_HOUR, random: random() });
}

/** Lets go of it until then. */
export async function runLater(
  { store }: Pick<Ports, "store">,
  batch: Batch,
  startAfter: Date,
): Promise<void> {
  const { shop, id: batchId } = batch;
  await store.inTransaction(async (tx) => {
    await tx.batches.save(shop, batch);
    await tx.queue.send(jobOf(batch), { shop, batchId }, { startAfter });
  });
}

/** Whoever holds the batch may have died with it: then this job is the one that goes on. */
export async function comeBackAfterLease(
  { store }: Ports,
  name: ReturnType<typeof jobOf>,
  payload: JobPayloads[typeof name],
): Promise<void> {
  const startAfter = await store.batches.findLease(payload.shop, payload.batchId);
  if (startAfter) await store.queue.send(name, payload, { startAfter });
}

/** Ends the run with codes left to make; the merchant may start it once more. */
async function giveUp(ports: Ports, batch: Batch, problem: string): Promise<void> {
  const state = { state: "failed" as const, problem, finishedAt: ports.clock.now() };
  await ports.store.batches.save(batch.shop, { ...batch, ...state });
}

/** Every code is made, or has said why not; of a cancelled batch, every one that was begun. */
export async function finish(ports: Ports, batch: Batch): Promise<void> {
  const state = batch.state === "cancelling" ? ("cancelled" as const) : ("done" as const);
  const done = { ...batch, state, problem: null, finishedAt: ports.clock.now() };
  await ports.store.batches.save(batch.shop, done);
}
