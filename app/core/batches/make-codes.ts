import type { Discount } from "../codes/discount.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import { success, type Result } from "../result.ts";
import { askParts } from "./ask-parts.ts";
import type { Batch, BatchPart } from "./batch.ts";
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
export interface Run {
  batch: Batch;
  discount: Discount & { shopifyId: string };
  parts: BatchPart[];
  looks: LookTimes;
}

/**
 * "again" takes the next step at once; "wait" gives Shopify's own runs their time, and "poll" more of
 * it; "lost" is one that has ended without a word of any code.
 */
export type Step = Result<"again" | "wait" | "poll" | "lost" | "done", ShopifyProblem>;

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
    const planned = await planAhead(ports, batch);
    if (!planned.ok) return pause(ports, batch, planned.problem);
    batch = planned.value;
    const step = await takeStep(ports, batch, looks);
    if (!step.ok) return pause(ports, batch, step.problem);
    if (step.value === "done") return finish(ports, batch);
    if (step.value === "wait" || step.value === "poll") return pollLater(ports, batch, step.value);
    if (step.value === "lost") return pause(ports, batch, LOST);
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

async function takeStep(ports: Ports, batch: Batch, looks: LookTimes): Promise<Step> {
  const { shop, discountId } = batch;
  const [discount, parts] = await Promise.all([
    discountId === null ? null : ports.store.discounts.find(shop, discountId),
    ports.store.batches.listOpenParts(shop, batch.id, UNDER_WAY),
  ]);
  if (!discount || parts.length === 0) return success("done");
  const { shopifyId } = discount;
  if (shopifyId === null) return makeDiscount(ports, batch, discount, parts);
  return workOn(ports, { batch, discount: { ...discount, shopifyId }, parts, looks });
}

/**
 * Draws codes, or takes them from a file, before Shopify has nothing left to make; of a batch being
 * cancelled, drops them.
 */
async function planAhead(ports: Ports, batch: Batch): Promise<Result<Batch, DrawProblem>> {
  if (batch.state === "cancelling") return success(await dropUntried(ports, batch));
  if (batch.plan === null) await planUploaded(ports, batch, UNDER_WAY);
  const plan = unfinishedPlan(batch);
  if (!plan) return success(batch);
  const open = await ports.store.batches.listOpenParts(batch.shop, batch.id, UNDER_WAY);
  if (open.length === UNDER_WAY) return success(batch);
  const planned = await planParts(ports, batch, plan);
  return planned.ok ? success({ ...batch, plan: planned.value }) : planned;
}

/** A look that is due sooner is waited for here; a later one is the next job's. */
const LONGEST_WAIT_MS = 1_500;

/** Reads what Shopify has done of the asked parts, and asks for those that are still planned. */
async function workOn(ports: Ports, run: Run): Promise<Step> {
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
