import type { OrderId } from "#app/core/ids.ts";
import type { OrderFacts, OrderLine } from "#app/core/orders/order-facts.ts";

/** An order of nothing at all; what a test is about comes in as changes. */
export function orderFactsWith(changes: Partial<OrderFacts>): OrderFacts {
  return {
    orderId: "9007199254742001" as OrderId,
    name: "#1001",
    currency: "USD",
    placedAt: new Date("2026-11-23T10:00:00Z"),
    updatedAt: new Date("2026-11-23T10:00:00Z"),
    cancelledAt: null,
    cancelReason: null,
    financialStatus: "paid",
    test: false,
    sourceName: "web",
    typedCodes: [],
    clicks: [],
    checkoutHash: null,
    taxesIncluded: false,
    tookMinor: null,
    lines: [],
    current: null,
    refunds: [],
    emailSha1: null,
    ...changes,
  };
}

export function orderLineWith(changes: Partial<OrderLine>): OrderLine {
  const quantity = changes.quantity ?? 1;
  return {
    lineId: "9007199254743001",
    sku: "MUG",
    variantId: "9007199254744001",
    title: "Mug",
    vendor: "Tea House",
    quantity,
    currentQuantity: quantity,
    giftCard: false,
    tip: false,
    grossMinor: 2_000,
    discountMinor: 0,
    taxMinor: 0,
    ...changes,
  };
}
