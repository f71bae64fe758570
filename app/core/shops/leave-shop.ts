import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";

type Needs = Pick<Ports, "store" | "shopify" | "clock">;

/** `app/uninstalled`: every token is erased, so nothing more is sent; history stays. */
export async function uninstallShop(
  ports: Needs,
  { shop, deliveryId }: JobPayloads["uninstall-shop"],
): Promise<void> {
  const isGone = await hasLeft(ports, shop, deliveryId);
  const now = ports.clock.now();
  await ports.store.inTransaction(async (tx) => {
    await tx.deliveries.markProcessed(shop, deliveryId, now);
    if (!isGone) return;
    await tx.shops.uninstall(shop, now);
    await tx.connections.remove(shop);
    await tx.partners.stopSync(shop, "The app was uninstalled. Sync partners again.", now);
  });
}

/** `shop/redact`, 48 hours after an uninstall: nothing is kept, unless the shop has come back. */
export async function eraseShop(
  ports: Needs,
  { shop, deliveryId }: JobPayloads["erase-shop"],
): Promise<void> {
  const isGone = await hasLeft(ports, shop, deliveryId);
  await ports.store.inTransaction(async (tx) => {
    if (isGone) await tx.shops.erase(shop);
    else await tx.deliveries.markProcessed(shop, deliveryId, ports.clock.now());
  });
}

const PATIENCE_MS = 3_600_000;

/**
 * A notice may come after the merchant has installed the app again: one that Shopify still lets in
 * has not left. The library can't tell a refused token from an outage, so after an hour of those
 * the notice is believed.
 */
async function hasLeft(
  { store, shopify, clock }: Needs,
  shop: ShopDomain,
  deliveryId: string,
): Promise<boolean> {
  if ((await store.shops.find(shop)) === null) return true;
  const answer = await shopify.shopDetails(shop);
  if (answer.ok) return false;
  const { kind, message } = answer.problem;
  if (kind === "access-denied" || kind === "not-found") return true;
  const delivery = await store.deliveries.find(shop, deliveryId);
  const waited = delivery ? clock.now().getTime() - delivery.receivedAt.getTime() : 0;
  if (waited < PATIENCE_MS) throw new Error(`not known whether ${shop} has left: ${message}`);
  return true;
}
