import type { Batch } from "../batches/batch.ts";
import { startUnlessUnderWay } from "../changes/start-unless-under-way.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import { activateDiscount } from "./activate-discount.ts";
import { EVERY_CODE } from "./code-selection.ts";
import { findWatched } from "./edit-discount.ts";
import { takeUpSeen } from "./take-up-seen.ts";

type EndPorts = Pick<Ports, "store" | "shopify" | "clock">;

interface Asked {
  shop: ShopDomain;
  discountId: string;
}

/** `batchId`: what retires the codes, or registers them anew, where there are any. */
export type EndAnswer = { ok: true; batchId?: string | null } | { ok: false; message: string };

const NOT_THERE = { ok: false, message: "Shopify does not have this discount." } as const;

/** Lets customers use a discount again, until the end it had, or no more from now on. Done twice it is as once. */
export async function switchDiscount(
  ports: EndPorts,
  { shop, discountId, to }: Asked & { to: "active" | "inactive" },
): Promise<EndAnswer> {
  const ours = await findWatched(ports, { shop, discountId });
  if (!ours || ours.deletedAt) return NOT_THERE;
  const { shopify } = ports;
  const switched =
    to === "active"
      ? await activateDiscount(ports, shop, ours)
      : await shopify.deactivateDiscount(shop, ours.shopifyId);
  if (!switched.ok) return { ok: false, message: switched.problem.message };
  const read = await shopify.readDiscounts(shop, [ours.shopifyId]);
  if (!read.ok) return { ok: false, message: read.problem.message };
  const seen = read.value.get(ours.shopifyId);
  if (!seen) return NOT_THERE;
  const { batchId } = await takeUpSeen(ports, shop, ours, seen);
  if (to === "inactive") {
    await ports.store.inTransaction(async (tx) => {
      await tx.seenCodes.noteDeactivatedHere(shop, discountId);
      // Its webhook may have come first.
      const difference = { kind: "discount-deactivated", subject: discountId } as const;
      await tx.codeDifferences.remove(shop, difference);
    });
  }
  return batchId ? { ok: true, batchId } : { ok: true };
}

/** Codes that were to be made at a start to come: there is nothing to make them in. */
async function cancelWaiting(tx: Stores, shop: ShopDomain, discountId: string): Promise<void> {
  for (const batchId of await tx.batches.listWaiting(shop, discountId)) {
    await tx.batches.cancel(shop, batchId);
    await tx.queue.send("make-codes", { shop, batchId });
  }
}

/**
 * Takes a discount out of Shopify with all its codes, and cancels what waits for its start there. A batch then retires them here and ends their
 * registrations at impact.com; orders from before stay as they are. Done again, it goes on from there,
 * by another batch where that one was cancelled or has left codes live.
 */
export async function deleteDiscount(
  ports: EndPorts,
  { shop, discountId }: Asked,
): Promise<EndAnswer> {
  const { store, shopify, clock } = ports;
  const ours = await findWatched(ports, { shop, discountId });
  if (!ours) return NOT_THERE;
  const { live, isBusy } = await store.seenCodes.countLive(shop, discountId, []);
  if (isBusy && !ours.deletedAt) {
    const message = "Its codes are being made or changed. Wait until that has ended, or cancel it.";
    return { ok: false, message };
  }
  const deleted = await shopify.deleteDiscount(shop, ours.shopifyId);
  if (!deleted.ok) return { ok: false, message: deleted.problem.message };
  const now = clock.now();
  return store.inTransaction(async (tx) => {
    if (!ours.deletedAt) await tx.seenCodes.saveDeleted(shop, discountId, now);
    await cancelWaiting(tx, shop, discountId);
    if (live === 0) return { ok: true, batchId: null };
    const filter = { ...EVERY_CODE, shopifyState: "live" as const, discountId };
    const selection = { kind: "matching" as const, filter };
    const action = { kind: "retire" as const };
    const plan = { action, selection, startsAt: null, after: null, isTaken: false };
    const draftKey = `delete ${discountId} ${ours.shopifyId}`;
    const isUnderWay = ({ state }: Batch) => state === "running";
    const draft = { draftKey, plan, isUnderWay };
    return { ok: true, batchId: await startUnlessUnderWay(tx, shop, draft, now) };
  });
}
