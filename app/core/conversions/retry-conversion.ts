import type { OrderId, ShopDomain } from "../ids.ts";
import { statusFor } from "../orders/order-state.ts";
import type { Ports } from "../ports/ports.ts";

/** Sends an order's failed conversions once more, for a merchant who has mended the cause. */
export async function retryConversion(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, orderId }: { shop: ShopDomain; orderId: OrderId },
): Promise<void> {
  await store.inTransaction(async (tx) => {
    await tx.orders.lock(shop, orderId);
    const conversions = await tx.conversions.listForOrder(shop, orderId);
    for (const conversion of conversions.filter(({ state }) => state === "failed")) {
      // Refused for good, it starts anew, with the program and event type chosen by then.
      const afresh = { state: "ready", attempts: 0, settledAt: null } as const;
      await tx.conversions.save(shop, { ...conversion, ...afresh });
      const status = { ...statusFor("to-send"), problem: null };
      await tx.orders.saveStatus(shop, orderId, status, clock.now());
      await tx.queue.send("send-conversion", { shop, conversionId: conversion.id });
    }
  });
}
