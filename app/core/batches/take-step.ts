import type { Discount } from "../codes/discount.ts";
import type { ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { ShopifyProblem } from "../ports/shopify.ts";
import { failure, success, type Result } from "../result.ts";
import { refuseRegistered } from "../uploads/refuse-registered.ts";
import { askParts } from "./ask-parts.ts";
import type { Batch, BatchPart, CodePlan } from "./batch.ts";
import type { DrawAhead } from "./draw-ahead.ts";
import type { DrawProblem } from "./draw-codes.ts";
import { dropUntried } from "./drop-untried.ts";
import type { LookTimes } from "./look-times.ts";
import { makeDiscount } from "./make-discount.ts";
import type { NewestCodes } from "./newest-codes.ts";
import { unfinishedPlan } from "./plan-parts.ts";
import { planUploaded } from "./plan-uploaded.ts";
import { readParts } from "./read-parts.ts";
import { readTheirs } from "./read-theirs.ts";

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
  newest: NewestCodes;
  ahead: DrawAhead;
}

/** What lasts as long as one job has the batch. */
type Memory = Pick<OpenRun, "looks" | "newest" | "ahead">;

/**
 * "again" takes the next step at once; "wait" gives Shopify's own runs their time, and "poll" more of
 * it; "lost" is one that has ended without a word of any code.
 */
export type Step = Result<StepEnd, ShopifyProblem>;
export type StepEnd = "again" | "wait" | "poll" | "lost" | "done";

/** Takes a step with the open parts, while the next codes are drawn; without any it waits for those. */
export async function takeStep(
  ports: Ports,
  begun: Batch,
  memory: Memory,
): Promise<Result<{ batch: Batch; step: StepEnd }, ShopifyProblem | DrawProblem | ImpactProblem>> {
  const { ahead } = memory;
  const before = await beforeStep(ports, begun, ahead);
  if (!before.ok) return before;
  const batch = before.value;
  const { shop, discountId } = batch;
  const [discount, parts] = await Promise.all([
    discountId === null ? null : ports.store.discounts.find(shop, discountId),
    ports.store.batches.listOpenParts(shop, batch.id, UNDER_WAY),
  ]);
  if (!discount) return success({ batch, step: "done" });
  const isDrawn = batch.state === "cancelling" || unfinishedPlan(batch) === null;
  if (isDrawn && parts.length === 0) return success({ batch, step: "done" });
  if (!isDrawn && parts.length < UNDER_WAY) ahead.begin(batch);
  const step =
    parts.length === 0
      ? success("again" as const)
      : await workOn(ports, { ...memory, batch, discount, parts });
  if (!step.ok) return step;
  const isIdle = parts.length === 0 || step.value === "wait" || step.value === "poll";
  const drawn = isIdle ? await ahead.finish() : ahead.take();
  if (!drawn) return success({ batch, step: step.value });
  if (!drawn.ok) return drawn;
  // There is more to ask for than the step knew of.
  const after = step.value === "lost" ? "lost" : "again";
  return success({ batch: { ...batch, plan: drawn.value }, step: after });
}

/** Takes the next codes from a file; of a batch being cancelled, drops what Shopify was not asked for. */
async function beforeStep(
  ports: Ports,
  batch: Batch,
  ahead: DrawAhead,
): Promise<Result<Batch, DrawProblem | ImpactProblem>> {
  if (batch.state === "cancelling") {
    const drawn = await ahead.finish();
    if (drawn && !drawn.ok) return drawn;
    return success(await dropUntried(ports, drawn ? { ...batch, plan: drawn.value } : batch));
  }
  if (batch.plan !== null) return withTheirs(ports, batch, batch.plan);
  const refused = await refuseRegistered(ports, batch);
  if (!refused.ok) return refused;
  await planUploaded(ports, batch, UNDER_WAY);
  return success(batch);
}

/** Before the first code is drawn it is known what other partners have at impact.com. */
async function withTheirs(
  ports: Ports,
  batch: Batch,
  plan: CodePlan,
): Promise<Result<Batch, DrawProblem | ImpactProblem>> {
  if (plan.theirs || !unfinishedPlan(batch)) return success(batch);
  const read = await readTheirs(ports, batch.shop, plan);
  if (!read.ok) return read;
  if (read.value === null) return success(batch);
  const known = { ...plan, theirs: read.value };
  await ports.store.batches.savePlan(batch.shop, batch.id, known);
  return success({ ...batch, plan: known });
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
  const { settled, stoppedBy } = read;
  const isWaiting = stoppedBy !== null && stoppedBy !== "lost" && stoppedBy.kind === "throttled";
  if (settled > 0 && (stoppedBy === null || isWaiting)) {
    await ports.store.batches.noteProgress(run.batch.shop, run.batch.id);
  }
  if (stoppedBy === "lost") return success("lost");
  if (stoppedBy) return failure(stoppedBy);
  if (!added.ok) return added;
  const mayAskMore = run.parts.length - asked.length > planned.length;
  if (settled > 0 || mayAskMore) return success("again");
  return waitForLook(ports, run, asked, due.length > 0 ? "poll" : "wait");
}

async function waitForLook(
  ports: Ports,
  { looks, ahead }: Run,
  asked: readonly BatchPart[],
  otherwise: "wait" | "poll",
): Promise<Step> {
  const wait = looks.untilDue(asked, ports.clock.now());
  if (wait > LONGEST_WAIT_MS) return success(otherwise);
  await Promise.race([ports.pause(Math.max(0, wait)), ahead.whenDrawn()]);
  return success("again");
}
