import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import type { Problem } from "../result.ts";
import { nextAttemptAt } from "../retry.ts";
import { oldestAtShopify, type Reconciliation, type RunKind } from "./reconciliation.ts";

/** Without a discount it is about all of them. */
export type NewRun = Pick<Reconciliation, "kind" | "from" | "to"> &
  Partial<Pick<Reconciliation, "discountId">>;

const JOBS = {
  backfill: "reconcile-orders",
  orders: "reconcile-orders",
  actions: "reconcile-actions",
  codes: "reconcile-codes",
} as const;

/** Starts a run with its first job, unless one of its kind is under way. Part of a transaction. */
export async function beginRun(
  tx: Stores,
  shop: ShopDomain,
  run: NewRun,
  now: Date,
): Promise<Reconciliation | null> {
  const started = await tx.reconciliations.start(shop, run, now);
  if (started) await queueNextPage(tx, shop, started);
  return started;
}

/** Takes in the orders from before, once for each shop: when it first chooses its program. */
export async function beginBackfill(tx: Stores, shop: ShopDomain, now: Date): Promise<void> {
  const [before] = await tx.reconciliations.list(shop, { kind: "backfill", limit: 1 });
  if (before) return;
  await beginRun(tx, shop, { kind: "backfill", from: oldestAtShopify(now), to: now }, now);
}

/** The job that reads the run's next page. */
export async function queueNextPage(
  tx: Pick<Stores, "queue">,
  shop: ShopDomain,
  { id: runId, kind }: { id: string; kind: RunKind },
  startAfter?: Date,
): Promise<void> {
  await tx.queue.send(JOBS[kind], { shop, runId }, startAfter ? { startAfter } : {});
}

/** With an hour at most between two tries: about a day. */
const MOST_ATTEMPTS = 30;
/**
 * A closed shop is waited for without an end, and the tries meanwhile say nothing of what fails later. The
 * number still changes each time: by it the run knows which of two jobs came first.
 */
const COUNTED_WHILE_CLOSED = 10;

/**
 * A page could not be read: the run waits for its next try, and says why, or ends where trying
 * again can't help; `onFailed` is what follows then. Somebody else who has read the page meanwhile goes on
 * undisturbed.
 */
export async function waitOrFail(
  { store, clock, random }: Pick<Ports, "store" | "clock" | "random">,
  shop: ShopDomain,
  run: Reconciliation,
  problem: Problem,
  onFailed?: (tx: Stores, now: Date) => Promise<void>,
): Promise<void> {
  const now = clock.now();
  const isClosed = problem.kind === "shop-closed";
  const mayRetry = isClosed || (problem.retry === "later" && run.attempts < MOST_ATTEMPTS);
  await store.inTransaction(async (tx) => {
    if (!mayRetry) {
      const isMine = await tx.reconciliations.save(shop, run, failed(run, problem.message, now));
      if (isMine) await onFailed?.(tx, now);
      return;
    }
    const counted = run.attempts + 1;
    const attempts = isClosed && counted > COUNTED_WHILE_CLOSED ? counted - 2 : counted;
    const waiting = { ...run, attempts, problem: problem.message, progressAt: now };
    if (!(await tx.reconciliations.save(shop, run, waiting))) return;
    const notBefore = problem.retryAt;
    const wait = { now, attempts: run.attempts, random: random(), notBefore };
    await queueNextPage(tx, shop, run, nextAttemptAt(wait));
  });
}

export function failed(run: Reconciliation, problem: string, now: Date): Reconciliation {
  return { ...run, state: "failed", cursor: null, problem, progressAt: now, finishedAt: now };
}

export function finished(run: Reconciliation, now: Date): Reconciliation {
  return {
    ...run,
    state: "finished",
    cursor: null,
    attempts: 0,
    problem: null,
    progressAt: now,
    finishedAt: now,
  };
}
