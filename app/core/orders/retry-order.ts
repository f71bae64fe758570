import { reviewConversion } from "../adjustments/review-conversion.ts";
import { retryConversions } from "../conversions/retry-conversion.ts";
import type { OrderId, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import { nextStepFor } from "./next-step.ts";
import { mayBeReportedAfterAll, remedyFor, type Remedy } from "./order-state.ts";
import type { Order } from "./order.ts";

/**
 * Tries a failed order again, for a merchant who has mended the cause, or says why nothing can help. One
 * that was credited by another way is decided as if that were not so: the merchant knows better.
 */
export async function retryOrder(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, orderId }: { shop: ShopDomain; orderId: OrderId },
): Promise<Result<null, Problem<"no-remedy">>> {
  return store.inTransaction(async (tx) => {
    await tx.orders.lock(shop, orderId);
    const order = await tx.orders.find(shop, orderId);
    const now = clock.now();
    if (order && mayBeReportedAfterAll(order, now)) {
      await tx.credited.forget(shop, orderId);
      await tx.queue.send("process-order", { shop, orderId });
      return success(null);
    }
    if (order?.state !== "failed") return success(null);
    const remedy = remedyFor(order, now);
    if (remedy === null) {
      const message = nextStepFor(order.reason).nextStep;
      return failure({ kind: "no-remedy", retry: "never", message });
    }
    await REMEDIES[remedy](tx, order, now);
    return success(null);
  });
}

const REMEDIES: Record<Remedy, (tx: Stores, order: Order, now: Date) => Promise<void>> = {
  "send-again": retryConversions,
  // Of an order that several share, one part may have to be sent again, and another adjusted.
  "adjust-again": async (tx, order, now) => {
    const conversions = await tx.conversions.listForOrder(order.shop, order.orderId);
    if (conversions.some(({ part }) => part)) await retryConversions(tx, order, now);
    for (const conversion of conversions) {
      await reviewConversion(tx, order, conversion, now, { again: true });
    }
  },
  // It stays as it is until Shopify has answered: there is nothing of it that could wait.
  "fetch-again": (tx, { shop, orderId }) => tx.queue.send("fetch-order", { shop, orderId }),
};
