import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { WatchedDiscount } from "../ports/code-difference-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { SeenDiscount, Shopify, ShopifyProblem } from "../ports/shopify.ts";
import type { Stores } from "../ports/store.ts";
import { success, type Result } from "../result.ts";
import { nextAttemptAt } from "../retry.ts";
import { noteDiscount } from "./read-shopify-side.ts";
import { beginDiscountCheck } from "./start-check.ts";

type LookPorts = Pick<Ports, "store" | "shopify" | "clock" | "random">;

/** With an hour at most between two tries: about a day. The nightly run looks anyway. */
const MOST_ATTEMPTS = 30;

/**
 * `discounts/*`: takes up what has become of one of our discounts in Shopify, and has its codes
 * compared where Shopify has more or fewer than we, or can't count them, or one among its newest that is none of ours: so
 * one that was swapped for another is found. Another app's discount changes nothing.
 */
export async function lookAtDiscount(
  ports: LookPorts,
  payload: JobPayloads["look-at-discount"],
): Promise<void> {
  const { store, shopify, clock } = ports;
  const { shop, deliveryId, shopifyId } = payload;
  const ours = await store.seenCodes.findDiscount(shop, shopifyId);
  if (ours && payload.isAgain) await store.seenCodes.beginLook(shop, ours.id);
  if (ours && payload.isOfMany && (await waitsForBatch(ports, payload, ours))) return;
  const read = ours && (await readDiscount(shopify, shop, ours.shopifyId));
  if (read?.ok === false && (await comeBack(ports, payload, read.problem.retryAt))) return;
  const now = clock.now();
  await store.inTransaction(async (tx) => {
    if (ours && read?.ok) {
      const { seen } = read.value;
      await noteDiscount(tx, shop, { ours, seen }, now);
      const isDone = await beginWhereNeeded(tx, shop, ours, read.value, now);
      if (!isDone && (await comeBackIn(tx, payload, ours, now))) return;
    }
    await tx.deliveries.markProcessed(shop, deliveryId, now);
  });
}

/** While a batch is at work on the discount nobody asks Shopify: one look afterwards answers all that it tells of. */
async function waitsForBatch(
  { store, clock }: LookPorts,
  payload: JobPayloads["look-at-discount"],
  ours: WatchedDiscount,
): Promise<boolean> {
  const { shop, deliveryId } = payload;
  const { isBusyThere } = await store.seenCodes.countLive(shop, ours.id, []);
  if (!isBusyThere) return false;
  const now = clock.now();
  if (!(await comeBackIn(store, payload, ours, now))) {
    await store.deliveries.markProcessed(shop, deliveryId, now);
  }
  return true;
}

interface Look {
  seen: SeenDiscount | null;
  newest: readonly DiscountCode[];
}

/** With one page of its newest codes. */
async function readDiscount(
  shopify: Shopify,
  shop: ShopDomain,
  shopifyId: string,
): Promise<Result<Look, ShopifyProblem>> {
  const read = await shopify.readDiscounts(shop, [shopifyId]);
  if (!read.ok) return read;
  const seen = read.value.get(shopifyId) ?? null;
  if (!seen || seen.isEnded) return success({ seen, newest: [] });
  const page = await shopify.listNewestCodes(shop, shopifyId, null);
  return page.ok ? success({ seen, newest: page.value.codes }) : page;
}

/**
 * False where it is to be looked at later: codes are just being added or removed, or a run is under way,
 * which may have passed this discount.
 */
async function beginWhereNeeded(
  tx: Stores,
  shop: ShopDomain,
  ours: WatchedDiscount,
  { seen, newest }: Look,
  now: Date,
): Promise<boolean> {
  const { live, isBusyThere, among } = await tx.seenCodes.countLive(shop, ours.id, newest);
  const isEnded = seen?.isEnded ?? true;
  // A deactivated or deleted discount is a difference of its own, which the run writes down.
  const isAsMany = seen?.isCounted === true && seen.codesCount === live;
  const isQuiet = !isEnded && isAsMany && among === newest.length;
  if (isQuiet || (isEnded && live === 0)) return true;
  if (isBusyThere) return false;
  return beginDiscountCheck(tx, shop, ours.id, now);
}

async function comeBack(
  { store, clock, random }: LookPorts,
  { attempts = 0, ...payload }: JobPayloads["look-at-discount"],
  notBefore: Date | undefined,
): Promise<boolean> {
  if (attempts >= MOST_ATTEMPTS) return false;
  const startAfter = nextAttemptAt({ now: clock.now(), attempts, random: random(), notBefore });
  const again = { ...payload, attempts: attempts + 1 };
  await store.queue.send("look-at-discount", again, { startAfter });
  return true;
}

const BUSY_MS = 60_000;

/** One look for each discount, however many webhooks come until then; false where it is planned already. */
async function comeBackIn(
  tx: Pick<Stores, "queue" | "seenCodes">,
  payload: JobPayloads["look-at-discount"],
  { id }: WatchedDiscount,
  now: Date,
): Promise<boolean> {
  const startAfter = new Date(now.getTime() + BUSY_MS);
  const isMine = await tx.seenCodes.claimLook(payload.shop, id, { at: startAfter, now });
  if (isMine)
    await tx.queue.send("look-at-discount", { ...payload, isAgain: true }, { startAfter });
  return isMine;
}
