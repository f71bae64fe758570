import type { Discount } from "../codes/discount.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import { success, type Result } from "../result.ts";
import { askParts } from "./ask-parts.ts";
import type { Batch, BatchPart, CodePlan } from "./batch.ts";
import { dropUntried } from "./drop-untried.ts";
import { createLookTimes, type LookTimes } from "./look-times.ts";
import { makeDiscount } from "./make-discount.ts";
import { comeBackAfterLease, finish, LOST, pause, pollLater, runLater } from "./pause-batch.ts";
import type { DrawProblem } from "./draw-codes.ts";
import { planParts, unfinishedPlan } from "./plan-parts.ts";
import { planUploaded } from "./plan-uploaded.ts";
import { readParts } from "./read-parts.ts";

/** Longer than the calls of one step may take; then another worker may take over. */
const LEASE_MS = 120_000;

/** Then it is another batch's turn. */
const LONGEST_RUN_MS = 60_000;

/** How many of Shopify's own runs one batch has under way at a time. */
const UNDER_WAY = 64;

/** Of one batch: enough to fill the time that each call is on its way. */
const CALLS_AT_ONCE = 8;

/** What a step is given: whose codes, and the parts that are open. */
export interface Run extends OpenRun {
  discount: Discount & { shopifyId: string };
}

interface OpenRun {
  batch: Batch;
  discount: Discount;
  parts: BatchPart[];
  looks: LookTimes;
}

/**
 * "again" takes the next step at once; "wait" gives Shopify's own runs their time, and "poll" more of
 * it; "lost" is one that has ended without a word of any code.
 */
export type Step = Result<StepEnd, ShopifyProblem>;
type StepEnd = "again" | "wait" | "poll" | "lost" | "done";

/**
 * Makes a batch's codes in Shopify under one discount, step by step. Each step is stored before the
 * next; one that was done but not stored (a kill in between) is found out by asking Shopify.
 */
export async function makeCodes(
  ports: Ports,
  { shop, batchId }: JobPayloads["make-codes"],
): Promise<void> {
  let lease = newLease(ports);
  let batch = await ports.store.batches.claim(shop, batchId, lease);
  if (!batch) return comeBackAfterLease(ports, "make-codes", { shop, batchId });
  if (waitsAt(batch, lease.now)) return runLater(ports, batch, batch.startsAt);
  const looks = createLookTimes();
  const endsAt = lease.now.getTime() + LONGEST_RUN_MS;
  for (;;) {
    const taken = await takeStep(ports, batch, looks);
    if (!taken.ok) return pause(ports, batch, taken.problem);
    const { step } = taken.value;
    batch = taken.value.batch;
    if (step === "done") return finish(ports, batch);
    if (step === "wait" || step === "poll") return pollLater(ports, batch, step);
    if (step === "lost") return pause(ports, batch, LOST);
    if (ports.clock.now().getTime() > endsAt) return pollLater(ports, batch, "wait");
    const next = newLease(ports);
    // Ended meanwhile, or taken over after a long sleep of this process.
    const state = await ports.store.batches.renew(shop, batchId, { ...next, from: lease.until });
    if (state === null) return;
    batch = { ...batch, state };
    lease = next;
  }
}

/** One that is being cancelled waits for nothing. */
function waitsAt(batch: Batch, now: Date): batch is Batch & { startsAt: Date } {
  return batch.state === "running" && batch.startsAt !== null && batch.startsAt > now;
}

function newLease({ clock }: Ports): { now: Date; until: Date } {
  const now = clock.now();
  return { now, until: new Date(now.getTime() + LEASE_MS) };
}

/** Takes a step with the open parts; the next codes are drawn meanwhile, so that Shopify never waits. */
async function takeStep(
  ports: Ports,
  begun: Batch,
  looks: LookTimes,
): Promise<Result<{ batch: Batch; step: StepEnd }, ShopifyProblem | DrawProblem>> {
  const batch = await beforeStep(ports, begun);
  const { shop, discountId } = batch;
  const [discount, parts] = await Promise.all([
    discountId === null ? null : ports.store.discounts.find(shop, discountId),
    ports.store.batches.listOpenParts(shop, batch.id, UNDER_WAY),
  ]);
  if (!discount) return success({ batch, step: "done" });
  const plan = parts.length < UNDER_WAY ? planLeft(batch) : null;
  if (!plan && parts.length === 0) return success({ batch, step: "done" });
  const [step, planned] = await Promise.all([
    parts.length === 0
      ? success("again" as const)
      : workOn(ports, { batch, discount, parts, looks }),
    plan && planParts(ports, batch, plan),
  ]);
  if (!step.ok) return step;
  if (!planned) return success({ batch, step: step.value });
  if (!planned.ok) return planned;
  // There is more to ask for than the step knew of.
  const after = step.value === "lost" ? "lost" : "again";
  return success({ batch: { ...batch, plan: planned.value }, step: after });
}

/** Takes the next codes from a file; of a batch being cancelled, drops what Shopify was not asked for. */
async function beforeStep(ports: Ports, batch: Batch): Promise<Batch> {
  if (batch.state === "cancelling") return dropUntried(ports, batch);
  if (batch.plan === null) await planUploaded(ports, batch, UNDER_WAY);
  return batch;
}

function planLeft(batch: Batch): CodePlan | null {
  return batch.state === "cancelling" ? null : unfinishedPlan(batch);
}

async function workOn(ports: Ports, run: OpenRun): Promise<Step> {
  const { batch, discount, parts } = run;
  const { shopifyId } = discount;
  if (shopifyId === null) return makeDiscount(ports, batch, discount, parts);
  return readAndAsk(ports, { ...run, discount: { ...discount, shopifyId } });
}

/** A look that is due sooner is waited for here; a later one is the next job's. */
const LONGEST_WAIT_MS = 1_500;

/** Reads what Shopify has done of the asked parts, and asks for those that are still planned. */
async function readAndAsk(ports: Ports, run: Run): Promise<Step> {
  const now = ports.clock.now();
  const asked = run.parts.filter(({ askedAt }) => askedAt !== null);
  const due = asked.filter((part) => run.looks.isDue(part, now));
  const planned = run.parts.filter(({ state }) => state === "planned").slice(0, CALLS_AT_ONCE);
  const [read, added] = await Promise.all([
    readParts(ports, run, due),
    askParts(ports, run, planned),
  ]);
  if (!read.ok) return read;
  if (!added.ok) return added;
  if (read.value === "lost") return success("lost");
  if (read.value > 0) await ports.store.batches.noteProgress(run.batch.shop, run.batch.id);
  const mayAskMore = run.parts.length - asked.length > planned.length;
  if (read.value > 0 || mayAskMore) return success("again");
  return waitForLook(ports, run, asked, due.length > 0 ? "poll" : "wait");
}

async function waitForLook(
  ports: Ports,
  { looks }: Run,
  asked: readonly BatchPart[],
  otherwise: "wait" | "poll",
): Promise<Step> {
  const wait = looks.untilDue(asked, ports.clock.now());
  if (wait > LONGEST_WAIT_MS) return success(otherwise);
  await ports.pause(Math.max(0, wait));
  return success("again");
}
