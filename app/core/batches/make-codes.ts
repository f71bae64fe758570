import type { ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import type { Batch } from "./batch.ts";
import { createDrawAhead, type DrawAhead } from "./draw-ahead.ts";
import type { DrawProblem } from "./draw-codes.ts";
import { createLookTimes } from "./look-times.ts";
import { createNewestCodes } from "./newest-codes.ts";
import { comeBackAfterLease, finish, LOST, pause, pollLater, runLater } from "./pause-batch.ts";
import { takeStep, type StepEnd } from "./take-step.ts";
import { isTurnOver } from "./turn.ts";

/** Longer than the calls of one step may take; then another worker may take over. */
const LEASE_MS = 120_000;

/**
 * Makes a batch's codes in Shopify under one discount, step by step. Each step is stored before the
 * next; one that was done but not stored (a kill in between) is found out by asking Shopify.
 */
export async function makeCodes(
  ports: Ports,
  { shop, batchId }: JobPayloads["make-codes"],
): Promise<void> {
  const lease = newLease(ports);
  const batch = await ports.store.batches.claim(shop, batchId, lease);
  if (!batch) return comeBackAfterLease(ports, "make-codes", { shop, batchId });
  if (waitsAt(batch, lease.now)) return runLater(ports, batch, batch.startsAt);
  const ahead = createDrawAhead(ports);
  // What is being drawn is stored before anybody else may take the batch up.
  const end = await takeSteps(ports, batch, lease, ahead).finally(() => ahead.finish());
  if (end) await letGo(ports, end);
}

interface End {
  batch: Batch;
  step: Exclude<StepEnd, "again"> | ShopifyProblem | DrawProblem | ImpactProblem;
}

/** Until there is nothing to do for now; null where somebody else has the batch. */
async function takeSteps(
  ports: Ports,
  claimed: Batch,
  first: Lease,
  ahead: DrawAhead,
): Promise<End | null> {
  const memory = {
    looks: createLookTimes(),
    newest: createNewestCodes(ports, claimed.shop),
    ahead,
  };
  for (let [batch, lease] = [claimed, first]; ;) {
    const taken = await takeStep(ports, batch, memory);
    if (!taken.ok) return { batch, step: taken.problem };
    batch = taken.value.batch;
    if (taken.value.step !== "again") return { batch, step: taken.value.step };
    if (await isTurnOver(ports, "make-codes", first.now)) return { batch, step: "wait" };
    const next = newLease(ports);
    // Ended meanwhile, or taken over after a long sleep of this process.
    const renewal = { ...next, from: lease.until };
    const state = await ports.store.batches.renew(batch.shop, batch.id, renewal);
    if (state === null) return null;
    batch = { ...batch, state };
    lease = next;
  }
}

async function letGo(ports: Ports, { batch, step }: End): Promise<void> {
  if (step === "done") return finish(ports, batch);
  if (step === "wait" || step === "poll") return pollLater(ports, batch, step);
  const problem = step === "lost" ? LOST : step;
  const isGivenUp = problem.retry === "never" && !(await isAnyAsked(ports, batch));
  return pause(ports, batch, isGivenUp ? problem : { ...problem, retry: "later" });
}

/** What Shopify was asked for is read to its end first: no code may live there unknown to us. */
async function isAnyAsked({ store }: Ports, { shop, id }: Batch): Promise<boolean> {
  const [first] = await store.batches.listOpenParts(shop, id, 1);
  return first?.state === "asked";
}

/** One that is being cancelled waits for nothing. */
function waitsAt(batch: Batch, now: Date): batch is Batch & { startsAt: Date } {
  return batch.state === "running" && batch.startsAt !== null && batch.startsAt > now;
}

interface Lease {
  now: Date;
  until: Date;
}

function newLease({ clock }: Ports): Lease {
  const now = clock.now();
  return { now, until: new Date(now.getTime() + LEASE_MS) };
}
