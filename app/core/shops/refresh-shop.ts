import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import { nextAttemptAt } from "../retry.ts";

/** With an hour at most between two tries: about a day. The next `shop/update` asks afresh. */
const MOST_ATTEMPTS = 30;

/** `shop/update`: asks Shopify for the shop's name, currency and time zone, and keeps them. */
export async function refreshShop(
  { store, shopify, clock, random }: Pick<Ports, "store" | "shopify" | "clock" | "random">,
  { shop, deliveryId, attempts = 0 }: JobPayloads["refresh-shop"],
): Promise<void> {
  const isHere = (await store.shops.find(shop)) !== null;
  const answer = isHere ? await shopify.shopDetails(shop) : null;
  const now = clock.now();
  if (answer?.ok === false && answer.problem.retry === "later" && attempts < MOST_ATTEMPTS) {
    const { retryAt: notBefore } = answer.problem;
    const startAfter = nextAttemptAt({ now, attempts, random: random(), notBefore });
    const payload = { shop, deliveryId, attempts: attempts + 1 };
    await store.queue.send("refresh-shop", payload, { startAfter });
    return;
  }
  await store.inTransaction(async (tx) => {
    if (answer?.ok) await tx.shops.saveDetails(shop, answer.value);
    await tx.deliveries.markProcessed(shop, deliveryId, now);
  });
}
