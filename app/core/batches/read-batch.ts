import type { Code } from "../codes/discount.ts";
import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { BatchCounts, BatchSummary, MadeAgain } from "../ports/batch-stores.ts";
import type { FamilyCounts } from "../ports/family-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { RefusedRow } from "../uploads/upload.ts";
import type { Batch, LeftOut } from "./batch.ts";
import { countLeftOut } from "./left-out.ts";
import { codesPerMinute, secondsFor } from "./pace.ts";
import { unfinishedPlan } from "./plan-parts.ts";

export interface BatchDetail {
  batch: Batch;
  /** The discount's. */
  title: string;
  counts: BatchCounts;
  /** What it had made, too, and other batches made again since. */
  madeAgain: MadeAgain[];
  /** Those that its codes are of. */
  families: FamilyCounts;
  /** Codes made in Shopify; null while it is unknown, or nothing is made any more. */
  perMinute: number | null;
  secondsLeft: number | null;
  /** The first of them. */
  failedCodes: Code[];
  /** Until then nothing is made; null where nothing is waited for. */
  waitsUntil: Date | null;
  /** Of a file: the batches of its codes that start later. */
  later: Batch[];
  /** Of the upload that it came by; null where it came by none. */
  upload: { rowsLeft: number; rowsRefused: number } | null;
  /** The first of those that no code could be made of. */
  refusedRows: RefusedRow[];
  /** Codes of the plan that partners can't have, and the first of those partners. */
  leftOut: { codes: number; partners: (LeftOut & { name: string })[] };
  /** Something failed that may be tried again, or codes of the plan or the upload are not made. */
  canResume: boolean;
  /** Cancelled, the codes that are not made can be made later: they are drawn, or an upload's. */
  isRestKept: boolean;
}

const FAILED_SHOWN = 20;
/** Two or three rounds of calls. */
const PARTS_FOR_PACE = 24;

/** One batch with how far it has come, or null where this shop has no such batch. */
export async function readBatch(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, batchId }: { shop: ShopDomain; batchId: string },
): Promise<BatchDetail | null> {
  const batch = await store.batches.find(shop, batchId);
  if (!batch || batch.discountId === null) return null;
  const [discount, counts, madeAgain, families, done, failedCodes, later, upload, refusedRows] =
    await Promise.all([
      store.discounts.find(shop, batch.discountId),
      store.batches.countCodes(shop, batchId),
      store.batches.listMadeAgain(shop, batchId),
      store.families.countForBatch(shop, batchId),
      store.batches.listDoneParts(shop, batchId, PARTS_FOR_PACE),
      store.batches.listFailedCodes(shop, batchId, { after: null, limit: FAILED_SHOWN }),
      store.batches.listLater(shop, batchId),
      store.uploads.findOfBatch(shop, batchId),
      store.uploads.listRefused(shop, batchId, { after: 0, limit: FAILED_SHOWN }),
    ]);
  const { startsAt, state } = batch;
  const isEarly = state === "running" && startsAt !== null && startsAt > clock.now();
  const perMinute = batch.state === "running" ? codesPerMinute(done, clock.now()) : null;
  const elsewhere = madeAgain.reduce((sum, { codes }) => sum + codes, 0);
  const leftOut = countLeftOut(batch.plan);
  const left = Math.max(0, batch.codes - counts.live - counts.failed - elsewhere - leftOut);
  return {
    batch,
    title: discount?.title ?? "",
    counts,
    madeAgain,
    families,
    perMinute,
    secondsLeft: secondsFor(left, perMinute),
    failedCodes,
    waitsUntil: isEarly ? startsAt : null,
    later,
    upload,
    refusedRows,
    leftOut: { codes: leftOut, partners: await nameLeftOut({ store }, batch, FAILED_SHOWN) },
    canResume: mayBeResumed(batch, counts, upload?.rowsLeft ?? 0),
    isRestKept: isDrawnHere(batch) || upload !== null,
  };
}

/** With their names; all of them, or the first so many. */
async function nameLeftOut(
  { store }: Pick<Ports, "store">,
  { shop, plan }: Batch,
  most?: number,
): Promise<(LeftOut & { name: string })[]> {
  const leftOut = (plan?.leftOut ?? []).slice(0, most);
  if (leftOut.length === 0) return [];
  const names = new Map((await store.partners.list(shop)).map((one) => [one.partnerId, one.name]));
  return leftOut.map((one) => ({ ...one, name: names.get(one.partnerId) ?? one.partnerId }));
}

/** Partners that a drawn batch has left out; none where this shop has no such batch. */
export async function listLeftOut(
  { store }: Pick<Ports, "store">,
  { shop, batchId }: { shop: ShopDomain; batchId: string },
): Promise<(LeftOut & { name: string })[]> {
  const batch = await store.batches.find(shop, batchId);
  return batch ? nameLeftOut({ store }, batch) : [];
}

function isDrawnHere({ plan }: Batch): boolean {
  return plan !== null && !plan.isDrawnElsewhere;
}

function mayBeResumed(
  batch: Batch,
  { failed, unregistrable }: BatchCounts,
  rowsLeft: number,
): boolean {
  if (batch.state === "running" || batch.state === "cancelling") return false;
  if (batch.state === "failed" || failed + unregistrable > 0) return true;
  return batch.state === "cancelled" && (unfinishedPlan(batch) !== null || rowsLeft > 0);
}

const BATCHES_PER_PAGE = 50;

/** A page of a shop's batches, newest first; `next` is the last one where there are more. */
export async function listBatches(
  { store }: Pick<Ports, "store">,
  { shop, after }: { shop: ShopDomain; after: string | null },
): Promise<{ batches: BatchSummary[]; next: string | null }> {
  const listed = await store.batches.list(shop, { after, limit: BATCHES_PER_PAGE + 1 });
  const batches = listed.slice(0, BATCHES_PER_PAGE);
  const next = listed.length > batches.length ? (batches.at(-1)?.id ?? null) : null;
  return { batches, next };
}

const PAGE = 5_000;

/** All codes of a batch that failed on either side; null where this shop has no such batch. */
export async function listFailedCodes(
  { store }: Pick<Ports, "store">,
  { shop, batchId }: { shop: ShopDomain; batchId: string },
): Promise<Code[] | null> {
  if (!(await store.batches.find(shop, batchId))) return null;
  const codes: Code[] = [];
  let after: DiscountCode | null = null;
  for (;;) {
    const page = await store.batches.listFailedCodes(shop, batchId, { after, limit: PAGE });
    codes.push(...page);
    after = page.at(-1)?.code ?? null;
    if (page.length < PAGE) return codes;
  }
}
