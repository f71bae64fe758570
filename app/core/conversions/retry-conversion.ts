import type { OrderId, ShopDomain } from "../ids.ts";
import { mayBeRetried } from "../orders/order-state.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import type { Conversion, Submission } from "./conversion.ts";
import { saveReason } from "./put-back-conversion.ts";

/** Sends an order's failed conversions once more, for a merchant who has mended the cause. */
export async function retryConversion(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, orderId }: { shop: ShopDomain; orderId: OrderId },
): Promise<void> {
  await store.inTransaction(async (tx) => {
    await tx.orders.lock(shop, orderId);
    const order = await tx.orders.find(shop, orderId);
    if (!order || !mayBeRetried(order.reason)) return;
    for (const conversion of await tx.conversions.listForOrder(shop, orderId)) {
      if (conversion.state === "failed") await sendAgain(tx, conversion, clock.now());
    }
  });
}

async function sendAgain(tx: Stores, conversion: Conversion, now: Date): Promise<void> {
  const { shop, id: conversionId } = conversion;
  const submissions = await tx.conversions.listSubmissions(shop, [conversionId]);
  // Where impact.com may have it, it only ever goes to the same account, program and event type.
  const accountSid = isKnownNowhere(conversion, submissions) ? null : conversion.accountSid;
  const afresh = { state: "ready", settledAt: null, accountSid } as const;
  await tx.conversions.save(shop, { ...conversion, ...afresh });
  await saveReason(tx, conversion, "to-send", null, now);
  await tx.queue.send("send-conversion", { shop, conversionId });
}

/** impact.com said of every try that nothing came of it; a duplicate says the opposite. */
function isKnownNowhere({ attempts, sentAt }: Conversion, submissions: Submission[]): boolean {
  const wasRefusedAtOnce = sentAt === null && attempts <= 1;
  const reasons = submissions.map(({ errorReason }) => errorReason);
  const cameToNothing =
    submissions.length === attempts &&
    reasons.every((reason) => reason !== null && !reason.includes("CONV_DUPLICATE"));
  return wasRefusedAtOnce || cameToNothing;
}
