import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";

/** `app/uninstalled`: every token is erased, so nothing more is sent; history stays. */
export async function uninstallShop(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop }: JobPayloads["uninstall-shop"],
): Promise<void> {
  await store.inTransaction(async (tx) => {
    await tx.shops.uninstall(shop, clock.now());
    await tx.connections.remove(shop);
  });
}

/** `shop/redact`, 48 hours after an uninstall: nothing of the shop is kept. */
export async function eraseShop(
  { store }: Pick<Ports, "store">,
  { shop }: JobPayloads["erase-shop"],
): Promise<void> {
  await store.inTransaction((tx) => tx.shops.erase(shop));
}
