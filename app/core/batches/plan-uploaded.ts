import { joinFamilies } from "../codes/families/join-families.ts";
import { later } from "../codes/registration-terms.ts";
import { groupBy } from "../group-by.ts";
import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { NewCode } from "../ports/code-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import { refuseRows } from "../uploads/refuse-rows.ts";
import type { NewRow } from "../uploads/upload.ts";
import { CODES_PER_CALL, type Batch } from "./batch.ts";
import { PARTS_AHEAD, partsFrom } from "./plan-parts.ts";

type PlanPorts = Pick<Ports, "store" | "clock">;

/**
 * Plans a batch's next codes from the upload that it was started with, until so many parts are open
 * or all rows are planned. A batch that came by no upload is left as it is.
 */
export async function planUploaded(
  ports: PlanPorts,
  batch: Batch,
  openParts: number,
): Promise<void> {
  const { batches, uploads } = ports.store;
  const uploadId = await uploads.findTaken(batch.shop, batch.id);
  if (uploadId === null || batch.discountId === null) return;
  const { discountId } = batch;
  for (let isLeft = true; isLeft;) {
    const open = await batches.listOpenParts(batch.shop, batch.id, openParts);
    if (open.length === openParts) return;
    isLeft = await planNext(ports, { ...batch, discountId }, uploadId);
  }
}

/**
 * The next rows become parts: the rows go in the commit in which their codes come, so that a kill at
 * any moment leaves each of them once. False when no row was left.
 */
async function planNext(
  { store, clock }: PlanPorts,
  { shop, id, discountId }: Batch & { discountId: string },
  uploadId: string,
): Promise<boolean> {
  return store.inTransaction(async (tx) => {
    const from = await tx.batches.countParts(shop, id);
    const rows = await tx.uploads.takeRows(shop, uploadId, PARTS_AHEAD * CODES_PER_CALL);
    if (rows.length === 0) {
      await tx.uploads.savePlanned(shop, uploadId);
      await tx.batches.recount(shop, id);
      return false;
    }
    // Since it was checked, another upload may have brought the same codes, or a family that matches.
    await tx.families.hold(shop, "adding");
    // What Shopify refused in an earlier batch is tried anew, with what this file says of it.
    await tx.codes.forgetNeverMade(shop, { discountId, codes: codesOf(rows) });
    const taken = new Set(await tx.codes.listTaken(shop, codesOf(rows)));
    const free = rows.filter(({ code }) => !taken.has(code));
    const joined = await joinFamilies(tx, shop, free);
    const others = new Set(joined.others.map(({ code }) => code));
    const refused = rows.filter(({ code }) => taken.has(code) || others.has(code));
    await refuseRows(tx, { shop, discountId, uploadId }, refused);
    const now = clock.now();
    const discount = await tx.discounts.find(shop, discountId);
    const begun = later(discount?.startsAt ?? now, now);
    const { now: first, later: waiting } = partByStart(joined.codes, begun);
    const parts = { from, codes: partsFrom(from, first) };
    const late = await tx.batches.addParts(shop, { id, discountId }, parts, now);
    const dropped = new Set<DiscountCode>();
    for (const [startsAt, those] of waiting) {
      const draft = { draftKey: `upload-${uploadId}-${startsAt.toISOString()}`, startsAt };
      const planned = await planLater(tx, { shop, discountId }, draft, those, now);
      if (planned.isCancelled) for (const { code } of those) dropped.add(code);
      else late.push(...planned.late);
    }
    await refuseCancelled(
      tx,
      { shop, uploadId },
      free.filter(({ code }) => dropped.has(code)),
    );
    // Another batch was faster by a moment: run again, these codes are seen to be taken.
    if (late.length > 0) throw new Error(`${late.length} codes were taken by another batch`);
    const ends = new Set(free.flatMap(({ endsAt }) => endsAt?.getTime() ?? []));
    const jobs = [...ends].map((end) => ({
      payload: { shop },
      options: { startAfter: new Date(end) },
    }));
    await tx.queue.sendAll("retire-ended", jobs);
    return true;
  });
}

/** A code that its file lets start later must not work before: Shopify's redeem codes have no start. */
function partByStart(codes: readonly NewCode[], begun: Date) {
  const isLater = ({ startsAt }: NewCode) => Boolean(startsAt && startsAt > begun);
  const byStart = groupBy(codes.filter(isLater), ({ startsAt }) => `${startsAt?.getTime()}`);
  const groups = [...byStart].map(([at, those]) => [new Date(Number(at)), those] as const);
  return { now: codes.filter((one) => !isLater(one)), later: groups };
}

/**
 * Their batch begins at their start; until then their names are taken. Gives those the shop has already.
 * Where earlier rows have made that batch and somebody has cancelled it since, nothing is planned.
 */
async function planLater(
  tx: Stores,
  { shop, discountId }: { shop: ShopDomain; discountId: string },
  { draftKey, startsAt }: { draftKey: string; startsAt: Date },
  codes: readonly NewCode[],
  now: Date,
): Promise<{ isCancelled: true } | { isCancelled: false; late: NewCode[] }> {
  const draft = { draftKey, discountId, plan: null, codes: 0, startsAt };
  const { batchId: id } = await tx.batches.create(shop, draft, now);
  const state = await tx.batches.hold(shop, id);
  if (state === "cancelling" || state === "cancelled") return { isCancelled: true };
  const from = await tx.batches.countParts(shop, id);
  const parts = { from, codes: partsFrom(from, codes) };
  const late = await tx.batches.addParts(shop, { id, discountId }, parts, now);
  await tx.batches.recount(shop, id);
  await tx.queue.send("make-codes", { shop, batchId: id }, { startAfter: startsAt });
  return { isCancelled: false, late };
}

async function refuseCancelled(
  tx: Stores,
  { shop, uploadId }: { shop: ShopDomain; uploadId: string },
  rows: readonly NewRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const refused = rows.map((row) => ({ ...row, problem: wasCancelled(row.code) }));
  await tx.uploads.addRefused(shop, uploadId, refused);
}

function wasCancelled(code: DiscountCode): string {
  return `The batch of this file's codes that start when ${code} does was cancelled, so nothing is made. To have it all the same, upload its row again.`;
}

function codesOf<Code>(rows: readonly { code: Code }[]): Code[] {
  return rows.map(({ code }) => code);
}
