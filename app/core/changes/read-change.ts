import type { Batch } from "../batches/batch.ts";
import { codesPerMinute, secondsFor, STALE_MS } from "../batches/pace.ts";
import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { ChangeCounts } from "../ports/change-stores.ts";
import type { Ports } from "../ports/ports.ts";
import { toCsv } from "../csv.ts";
import type { Change, ChangePlan } from "./change.ts";
import { sayPutOff } from "./older-orders.ts";

export interface ChangeDetail {
  batch: Batch;
  change: ChangePlan;
  counts: ChangeCounts;
  /** Who gets the codes, where they are reassigned. */
  partner: string | null;
  /** The discount whose codes follow its start; null where it changes them for another reason. */
  discount: string | null;
  /** The first of them. */
  failed: Change[];
  /** Codes changed; null while it is unknown, or nothing is changed any more. */
  perMinute: number | null;
  /** For all but old codes that still work for a while. */
  secondsLeft: number | null;
  /** Which registrations stand for the sake of older orders, and until when; null: none. */
  putOff: string | null;
  /** Something failed that may be tried again, or was left out when it was cancelled. */
  canResume: boolean;
}

const FAILED_SHOWN = 20;

/** A batch that changes codes, with how far it has come; null where this shop has no such batch. */
export async function readChange(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, batchId }: { shop: ShopDomain; batchId: string },
): Promise<ChangeDetail | null> {
  const batch = await store.batches.find(shop, batchId);
  if (!batch?.change) return null;
  const { change } = batch;
  const { action } = change;
  const now = clock.now();
  const since = new Date(now.getTime() - STALE_MS);
  const [counts, failed, done, partner] = await Promise.all([
    store.changes.count(shop, batchId),
    store.changes.listFailed(shop, batchId, { after: null, limit: FAILED_SHOWN }),
    store.changes.listDoneSince(shop, batchId, since),
    action.kind === "reassign" ? store.partners.find(shop, action.partnerId) : null,
  ]);
  const discount = await findStarted({ store }, batch.shop, change);
  const isOpen = batch.state === "running" || batch.state === "cancelling";
  const isLeft = batch.state === "failed" || counts.failed + counts.dropped > 0 || !change.isTaken;
  const canResume = !isOpen && isLeft;
  const perMinute = isOpen ? codesPerMinute(done, now) : null;
  return {
    ...{ batch, change, counts, partner: partner?.name ?? null, failed, canResume, discount },
    perMinute,
    putOff: isOpen ? sayPutOff(action.kind, counts.putOff) : null,
    secondsLeft: secondsFor(atWork(batch, counts), perMinute),
  };
}

async function findStarted(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
  { action, selection }: ChangePlan,
): Promise<string | null> {
  const isStart = action.kind === "register-anew" && action.because === "start";
  const discountId = selection.kind === "matching" ? selection.filter.discountId : null;
  if (!isStart || discountId === null) return null;
  return (await store.discounts.find(shop, discountId))?.title ?? null;
}

function atWork({ codes }: Batch, { open, putOff, ...ended }: ChangeCounts): number {
  const { done, failed, dropped } = ended;
  return Math.max(0, codes - done - failed - dropped - open.waiting - putOff.codes);
}

const PAGE = 5_000;

/** All codes that a batch could not change, and why, as a CSV file; null for no such batch. */
export async function failedChangesFile(
  { store }: Pick<Ports, "store">,
  { shop, batchId }: { shop: ShopDomain; batchId: string },
): Promise<string | null> {
  const batch = await store.batches.find(shop, batchId);
  if (!batch?.change) return null;
  const rows = [["Code", "Partner", "Partner id", "Reason"]];
  let after: DiscountCode | null = null;
  for (;;) {
    const page: Change[] = await store.changes.listFailed(shop, batchId, { after, limit: PAGE });
    rows.push(...page.map(toRow));
    after = page.at(-1)?.code.code ?? null;
    if (page.length < PAGE) return toCsv(rows);
  }
}

function toRow({ code: { code, partner }, problem }: Change): string[] {
  return [code, partner?.name ?? "", partner?.partnerId ?? "", problem ?? ""];
}
