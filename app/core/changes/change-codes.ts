import type { Batch } from "../batches/batch.ts";
import { comeBackAfterLease, finish, pause, runLater } from "../batches/pause-batch.ts";
import { isTurnOver } from "../batches/turn.ts";
import { portsFor } from "../codes/of-many.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { Problem, Result } from "../result.ts";
import type { ChangePlan } from "./change.ts";
import { drawNewCodes } from "./draw-new-codes.ts";
import { endAtImpact } from "./end-at-impact.ts";
import { followNewCodes } from "./follow-new-codes.ts";
import { followRegistrations } from "./follow-registrations.ts";
import { beginHandOver, handOver } from "./hand-over.ts";
import { letGo } from "./let-go.ts";
import { beginAnew, endForAnew, holdForStart, registerAnew } from "./register-anew.ts";
import { readRemovals, removeFromShopify } from "./remove-from-shopify.ts";
import { atWork, waitingFor, type Side, type Waits } from "./side-waits.ts";
import { takeInSelection } from "./take-in-selection.ts";

/** Longer than the calls of one step may take; then another worker may take over. */
const LEASE_MS = 180_000;
/** No further call of a step begins later: those of one code may take the rest of the lease. */
const LONGEST_STEP_MS = 60_000;

/** A batch that changes codes, while somebody holds it. */
export interface ChangeRun {
  batch: Batch;
  change: ChangePlan;
  /** From then on the step leaves what is left to the next one. */
  stopsAt: Date;
}

/** How many changes got further, or what stands in the way of all of them. */
export type StageResult = Result<number>;
interface Stage {
  /** Where one side can't go on, the other one does. */
  side: Side;
  take: (ports: Ports, run: ChangeRun) => Promise<StageResult>;
}

// Customers come first: what is taken from them does not wait for impact.com.
const RETIRING: Stage[] = [
  { side: "shopify", take: readRemovals },
  { side: "shopify", take: removeFromShopify },
  { side: "impact", take: endAtImpact },
];
const STAGES: Record<ChangePlan["action"]["kind"], Stage[]> = {
  retire: RETIRING,
  rotate: [
    ...RETIRING,
    { side: "here", take: followNewCodes },
    { side: "here", take: drawNewCodes },
  ],
  reassign: [
    { side: "impact", take: followRegistrations },
    { side: "impact", take: handOver },
    { side: "impact", take: beginHandOver },
  ],
  "register-anew": [
    { side: "here", take: holdForStart },
    { side: "impact", take: registerAnew },
    { side: "impact", take: endForAnew },
    { side: "impact", take: beginAnew },
  ],
};

/**
 * Retires, rotates, reassigns or registers anew a batch's codes, stage by stage. Each step is stored before the next;
 * one that was done but not stored (a kill in between) is done again, which changes nothing.
 */
export async function changeCodes(
  ports: Ports,
  payload: JobPayloads["change-codes"],
): Promise<void> {
  const { shop, batchId } = payload;
  let lease = newLease(ports);
  const claimed = await ports.store.batches.claim(shop, batchId, lease);
  if (!claimed?.change) return comeBackAfterLease(ports, "change-codes", payload);
  let run: ChangeRun = { batch: claimed, change: claimed.change, stopsAt: lease.stopsAt };
  const since = lease.now;
  const { kind } = claimed.change.action;
  const waits: Waits = new Map();
  for (;;) {
    run = await takeInSelection(ports, run);
    const moved = await takeStep(portsFor(ports, run.batch.codes), run, waits);
    const next = newLease(ports);
    const { until } = next;
    const state = await ports.store.batches.renew(shop, batchId, { from: lease.until, until });
    // Ended meanwhile, or taken over after a long sleep of this process: it is another's to let go.
    if (state === null) return;
    if (moved > 0) await ports.store.batches.noteProgress(shop, batchId);
    else return rest(ports, run, waits);
    if (await isTurnOver(ports, "change-codes", since)) {
      return runLater(ports, waitingFor({ batch: run.batch, kind }, waits), ports.clock.now());
    }
    run = { ...run, batch: { ...run.batch, state }, stopsAt: next.stopsAt };
    lease = next;
  }
}

function newLease({ clock }: Ports): { now: Date; until: Date; stopsAt: Date } {
  const now = clock.now();
  const after = (ms: number) => new Date(now.getTime() + ms);
  return { now, until: after(LEASE_MS), stopsAt: after(LONGEST_STEP_MS) };
}

/** So many tries are left to a batch that is being cancelled: about ten minutes. */
const TRIES_TO_CANCEL = 5;

/** Where trying again has no end, the codes that it holds are let go. */
async function putOff(ports: Ports, batch: Batch, problem: Problem): Promise<void> {
  const { shop, id } = batch;
  const now = await ports.store.batches.find(shop, id);
  if (now?.state === "cancelling" && now.attempts >= TRIES_TO_CANCEL) {
    await letGo(ports, now, problem.message);
    return runLater(ports, now, ports.clock.now());
  }
  await pause(ports, batch, problem);
  const after = await ports.store.batches.find(shop, id);
  if (after?.state === "failed") await letGo(ports, after, problem.message);
}

/**
 * What has come furthest goes first: codes that are begun come to their end before others begin. Gives
 * how many changes got further; a side that can't go on is left alone until the next run.
 */
async function takeStep(ports: Ports, run: ChangeRun, waits: Waits): Promise<number> {
  const { batch, change } = run;
  const now = ports.clock.now();
  if (batch.state === "cancelling") await ports.store.changes.drop(batch.shop, batch.id, now);
  else if (change.startsAt && change.startsAt > now) return 0;
  let moved = 0;
  for (const { side, take } of STAGES[change.action.kind]) {
    if (waits.has(side)) continue;
    const done = await take(ports, run);
    if (!done.ok) waits.set(side, done.problem);
    moved += done.ok ? done.value : 0;
    if (moved > 0 && ports.clock.now() > run.stopsAt) break;
  }
  return moved;
}

const SOON_MS = 1_000;
/** A side that waits is tried again by then. */
const LONGEST_WAIT_MS = 3_600_000;
/** Codes are registered by jobs of their own, and made by another batch. */
const OTHERS_AT_WORK_MS = 15_000;

/** Nothing can be done at this moment: it ends, or comes back when there is something. */
async function rest(ports: Ports, run: ChangeRun, waits: Waits): Promise<void> {
  const { change } = run;
  const { kind } = change.action;
  const batch = waitingFor({ batch: run.batch, kind }, waits);
  const { open, dueAt, putOff: older } = await ports.store.changes.count(batch.shop, batch.id);
  const now = ports.clock.now();
  const isLeft = Object.values(open).some((count) => count > 0);
  if (!isLeft && waits.size === 0) return finish(ports, batch);
  const { isActive, others } = atWork({ open, putOff: older }, kind, waits);
  const [problem] = waits.values();
  const isDueSoon = dueAt !== null && dueAt.getTime() < now.getTime() + LONGEST_WAIT_MS;
  const isAlone = !isActive && others === 0 && !isDueSoon;
  if (problem && (isAlone || problem.retry === "never")) {
    return putOff(ports, batch, { ...problem, message: batch.problem ?? problem.message });
  }
  const times = [
    ...(isActive ? [new Date(now.getTime() + SOON_MS)] : []),
    ...(others > 0 ? [new Date(now.getTime() + OTHERS_AT_WORK_MS)] : []),
    ...(dueAt ? [dueAt] : []),
    ...(older.nextAt && !waits.has("impact") ? [older.nextAt] : []),
  ].map(Number);
  const next = new Date(Math.min(...times));
  const { startsAt } = change;
  const isEarly = batch.state === "running" && startsAt !== null && startsAt > now;
  await runLater(ports, batch, isEarly ? startsAt : next);
}
