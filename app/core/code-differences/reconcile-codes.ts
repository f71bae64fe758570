import type { ShopDomain } from "../ids.ts";
import { finished, queueNextPage, waitOrFail } from "../ledger/begin-run.ts";
import type { Reconciliation } from "../ledger/reconciliation.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { Stores } from "../ports/store.ts";
import type { Problem } from "../result.ts";
import { cursorOf, placeOf, type CheckPlace } from "./check-place.ts";
import { comparePage } from "./compare-page.ts";
import { readCodes, readDiscounts } from "./read-shopify-side.ts";
import { readImpact } from "./read-impact-side.ts";
import { beginFollowing } from "./start-check.ts";

export type CheckPorts = Pick<Ports, "store" | "shopify" | "impact" | "clock" | "random">;

/** What reading or comparing one page has come to. */
export type PageRead =
  | {
      kind: "read";
      /** Null: the run is at its end. */
      next: CheckPlace | null;
      listed: number;
      /** Writes down what the page held, in the commit that takes the run on. */
      note(tx: Stores, now: Date): Promise<void>;
    }
  /** Tried again later from the place that is given, or from where the run is. */
  | { kind: "failed"; problem: Problem; from?: CheckPlace };

/** Enough to make a job worth its while, and few enough to let others have their turn. */
const PAGES_PER_JOB = 25;
const LONGEST_MS = 60_000;

/**
 * Reads what both sides have of our codes, page by page, and then compares all three by the codes'
 * text. Each page is one commit: a run that was killed goes on behind the last one.
 */
export async function reconcileCodes(
  ports: CheckPorts,
  { shop, runId }: JobPayloads["reconcile-codes"],
): Promise<void> {
  const found = await ports.store.reconciliations.find(shop, runId);
  let run = found?.state === "running" ? found : null;
  // What a run has left behind that did not come to its end.
  if (run?.cursor === null) await ports.store.seenCodes.forgetBefore(shop, run.id);
  const endsAt = ports.clock.now().getTime() + LONGEST_MS;
  for (let page = 0; run; page += 1) {
    if (page === PAGES_PER_JOB || ports.clock.now().getTime() > endsAt)
      return queueNextPage(ports.store, shop, run);
    run = await takePage(ports, shop, run);
  }
}

/** The run as it is after its next page; null where this job has nothing more to do. */
async function takePage(
  ports: CheckPorts,
  shop: ShopDomain,
  run: Reconciliation,
): Promise<Reconciliation | null> {
  const read = await readPage(ports, shop, run);
  if (read.kind === "failed") {
    await putOff(ports, shop, run, read);
    return null;
  }
  const now = ports.clock.now();
  const { next } = read;
  const after: Reconciliation = {
    ...run,
    cursor: next ? cursorOf(next) : run.cursor,
    listed: run.listed + read.listed,
    attempts: 0,
    problem: null,
    progressAt: now,
  };
  const isMine = await ports.store.inTransaction(async (tx) => {
    // First, as it locks the run: who comes second changes nothing.
    if (!(await tx.reconciliations.save(shop, run, after))) return false;
    await read.note(tx, now);
    if (!next) await finish(tx, shop, after, now);
    return true;
  });
  if (isMine && !next) await ports.store.seenCodes.forget(shop, run.id);
  return isMine && next ? after : null;
}

function readPage(ports: CheckPorts, shop: ShopDomain, run: Reconciliation): Promise<PageRead> {
  const place = placeOf(run);
  switch (place.stage) {
    case "discounts":
      return readDiscounts(ports, shop, run, place);
    case "codes":
      return readCodes(ports, shop, run, place);
    case "impact":
      return readImpact(ports, shop, run, place);
    case "compare":
      return comparePage(ports, shop, run, place);
  }
}

async function putOff(
  ports: CheckPorts,
  shop: ShopDomain,
  run: Reconciliation,
  { problem, from }: Extract<PageRead, { kind: "failed" }>,
): Promise<void> {
  // A discount that is listed short again and again is left alone ever longer.
  const tries = from?.stage === "codes" ? from.tries : 0;
  const attempts = Math.max(run.attempts, tries);
  const back = from ? { ...run, cursor: cursorOf(from), attempts } : run;
  if (from && !(await ports.store.reconciliations.save(shop, run, back))) return;
  await waitOrFail(ports, shop, back, problem, (tx, now) => beginFollowing(tx, shop, run.id, now));
}

async function finish(tx: Stores, shop: ShopDomain, run: Reconciliation, now: Date): Promise<void> {
  const { discountId } = run;
  const connection = await tx.connections.find(shop);
  const of = { discountId, hasProgram: Boolean(connection?.program) };
  await tx.codeDifferences.saveGroups(shop, run.id, of, now);
  const place = placeOf(run);
  const isImpactRead = place.stage === "compare" && place.programId !== null;
  if (isImpactRead) await tx.codeDifferences.saveFamilies(shop, run, now);
  await tx.codeDifferences.forgetUnseen(shop, run);
  const counts = await tx.codeDifferences.countByKind(shop);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  // Where it ended tells what it has looked at.
  const { cursor } = run;
  const problem = sayCut(await tx.seenCodes.listCut(shop, run.id));
  const ended = { ...finished({ ...run, found: all }, now), cursor, problem };
  await tx.reconciliations.save(shop, run, ended);
  await beginFollowing(tx, shop, run.id, now);
}

const MOST_NAMED = 3;

/** What was not compared, for the check's result; null where all was. */
function sayCut(titles: readonly string[]): string | null {
  if (titles.length === 0) return null;
  const named = titles.slice(0, MOST_NAMED).map((title) => `“${title}”`);
  const more = titles.length - named.length;
  const rest = more > 0 ? ` and ${more} more` : "";
  return `Shopify did not list all codes of ${named.join(", ")}${rest}, however often it was asked. What it left out was compared with impact.com alone; the next check reads it again.`;
}
