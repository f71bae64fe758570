import { z } from "zod";
import { isOrderId, isRowId, type ShopDomain } from "#app/core/ids.ts";
import { isOrderReason } from "#app/core/orders/order-state.ts";
import type { services } from "#app/services.server.ts";

const rowId = z.string().refine(isRowId);
const form = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("retry-order"), orderId: z.string().refine(isOrderId) }),
  z.object({ intent: z.literal("retry-reason"), reason: z.string().refine(isOrderReason) }),
  z.object({ intent: z.literal("retry-all") }),
  z.object({ intent: z.literal("retry-code"), codeId: rowId }),
  z.object({ intent: z.literal("retry-discount"), discountId: rowId }),
  z.object({ intent: z.literal("fetch-order"), deliveryId: rowId }),
]);

type Answer = { done: string } | { problem: string };
type Verbs = Pick<
  typeof services,
  "retryOrder" | "startRetry" | "retryCode" | "retryDiscount" | "fetchLostOrder"
>;

/** Carries out one button of the Problems page; a form that it never sent is a 400. */
export async function retryProblem(
  verbs: Verbs,
  shop: ShopDomain,
  fields: FormData,
): Promise<Answer> {
  const read = form.safeParse(Object.fromEntries(fields));
  if (!read.success) throw new Response(null, { status: 400 });
  const wish = read.data;
  switch (wish.intent) {
    case "retry-order": {
      const retried = await verbs.retryOrder({ shop, orderId: wish.orderId });
      return retried.ok ? { done: "Trying it again" } : { problem: retried.problem.message };
    }
    case "retry-reason":
      return started(await verbs.startRetry({ shop, reason: wish.reason }));
    case "retry-all":
      return started(await verbs.startRetry({ shop, reason: null }));
    case "retry-code":
      await verbs.retryCode({ shop, codeId: wish.codeId });
      return { done: "Trying it again" };
    case "retry-discount":
      await verbs.retryDiscount({ shop, discountId: wish.discountId });
      return { done: "Trying it again" };
    case "fetch-order": {
      const isAsked = await verbs.fetchLostOrder({ shop, deliveryId: wish.deliveryId });
      return isAsked ? { done: "Asking Shopify" } : { problem: "That delivery names no order." };
    }
  }
}

function started(orders: number): Answer {
  if (orders === 0) return { done: "Nothing is left to try again" };
  return { done: orders === 1 ? "Trying 1 order again" : `Trying ${orders} orders again` };
}
