import type { Delivery } from "../orders/delivery.ts";
import { recordDone } from "../privacy/record-done.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import { nextAttemptAt } from "../retry.ts";

type Needs = Pick<Ports, "store" | "shopify" | "clock" | "random">;
type Notice = JobPayloads["uninstall-shop"];

/** `app/uninstalled`: every token is erased, so nothing more is sent; history stays. */
export async function uninstallShop(ports: Needs, notice: Notice): Promise<void> {
  const { shop, deliveryId } = notice;
  const isGone = await hasLeft(ports, notice);
  if (isGone === null) return askAgain(ports, "uninstall-shop", notice);
  const now = ports.clock.now();
  await ports.store.inTransaction(async (tx) => {
    await tx.deliveries.markProcessed(shop, deliveryId, now);
    if (!isGone) return;
    await tx.shops.uninstall(shop, now);
    await tx.connections.remove(shop);
    await tx.partners.stopSync(shop, "The app was uninstalled. Sync partners again.", now);
  });
}

/**
 * `shop/redact`, 48 hours after an uninstall: nothing is kept but the record of it, unless the shop
 * has come back.
 */
export async function eraseShop(ports: Needs, notice: Notice): Promise<void> {
  const { shop, deliveryId } = notice;
  const isGone = await hasLeft(ports, notice);
  if (isGone === null) return askAgain(ports, "erase-shop", notice);
  if (isGone) await ports.store.shops.erase(shop, { but: deliveryId });
  const doneAt = ports.clock.now();
  await ports.store.inTransaction(async (tx) => {
    const delivery = await tx.deliveries.find(shop, deliveryId);
    if (isGone) await tx.deliveries.removeAll(shop, [deliveryId]);
    else await tx.deliveries.markProcessed(shop, deliveryId, doneAt);
    const outcome = isGone ? ERASED : CAME_BACK;
    await recordDone(tx, shop, delivery, { orderIds: [], outcome, doneAt });
  });
}

const ERASED = "Everything held of the shop was erased.";
const CAME_BACK = "The app had been installed again by then, so the shop's data was kept.";

const PATIENCE_MS = 3_600_000;

/** How far the clocks of Shopify's own machines, which date notices and session tokens, may differ. */
const CLOCKS_DIFFER_MS = 10_000;

/**
 * A notice may come after the merchant has installed the app again: one that has opened it since, or
 * that Shopify still lets in, has not left. Null while Shopify can't be asked, as of a closed shop too;
 * after an hour of that it is believed, since Shopify has sent it and what it asks to erase must go.
 */
async function hasLeft(
  { store, shopify, clock }: Needs,
  { shop, deliveryId }: Notice,
): Promise<boolean | null> {
  if ((await store.shops.find(shop)) === null) return true;
  const delivery = await store.deliveries.find(shop, deliveryId);
  // Asked first: the token that is stored may still be the one that the uninstall ended.
  if (delivery && (await wasOpenedSince(store, delivery))) return false;
  const answer = await shopify.shopDetails(shop);
  if (answer.ok) return false;
  const { kind } = answer.problem;
  if (kind === "access-denied" || kind === "not-found") return true;
  const waited = delivery ? clock.now().getTime() - delivery.receivedAt.getTime() : 0;
  return waited < PATIENCE_MS ? null : true;
}

/** Shopify gives session tokens of installed apps only. */
async function wasOpenedSince(
  store: Needs["store"],
  { shop, triggeredAt, receivedAt }: Delivery,
): Promise<boolean> {
  const openedAt = await store.shops.findOpened(shop);
  const toldAt = triggeredAt ?? receivedAt;
  return openedAt !== null && openedAt.getTime() - toldAt.getTime() > CLOCKS_DIFFER_MS;
}

async function askAgain(
  { store, clock, random }: Needs,
  job: "uninstall-shop" | "erase-shop",
  { attempts = 0, ...notice }: Notice,
): Promise<void> {
  const startAfter = nextAttemptAt({ now: clock.now(), attempts, random: random() });
  await store.queue.send(job, { ...notice, attempts: attempts + 1 }, { startAfter });
}
