import { agreementsView } from "#test/sandbox/shopify/admin/agreements-view.ts";
import type { AdminContext } from "#test/sandbox/shopify/admin/admin-context.ts";
import type { PageArguments } from "#test/sandbox/shopify/admin/connection.ts";
import { discountApplicationsView } from "#test/sandbox/shopify/admin/discount-application-view.ts";
import { globalId } from "#test/sandbox/shopify/admin/global-id.ts";
import { lineItemsView } from "#test/sandbox/shopify/admin/line-item-view.ts";
import { listOf, moneyBagOf, textOf } from "#test/sandbox/shopify/admin/payload-fields.ts";
import { refundView } from "#test/sandbox/shopify/admin/refund-view.ts";
import { isTip, linesOf } from "#test/sandbox/shopify/orders/order-books.ts";
import type { Shop, StoredOrder } from "#test/sandbox/shopify/state.ts";

export function discountCodesOf(order: StoredOrder): string[] {
  return listOf(order.payload, "discount_codes").map((each) => String(each["code"]));
}

/** Worked out some time after the order; until then Shopify says that it is not ready. */
function customerJourneyView({ state, shop, now }: AdminContext, order: StoredOrder) {
  const ready = now.getTime() - order.createdAt.getTime() >= state.historyReadyAfterMs;
  const page = textOf(order.payload, "landing_site");
  const hasVisit = ready && page !== null;
  const landingPage = `https://${shop.host}${page ?? ""}`;
  const visit = hasVisit ? { landingPage, occurredAt: order.createdAt } : null;
  const customerOrderIndex = ready ? order.customerOrderIndex : null;
  return { ready, customerOrderIndex, firstVisit: visit, lastVisit: visit };
}

/** The webhook states it in the shop's currency alone; nobody leaves two tips here. */
function tipReceivedView(shop: Shop, order: StoredOrder) {
  const tip = linesOf(order).find(isTip);
  if (tip) return moneyBagOf(tip, "price_set");
  const none = (currencyCode: unknown) => ({ amount: "0.0", currencyCode });
  const { currency = shop.currency, presentment_currency: presentment } = order.payload;
  return { shopMoney: none(currency), presentmentMoney: none(presentment ?? currency) };
}

/** Order, derived from the webhook payload that the order keeps. */
export function orderView(context: AdminContext, order: StoredOrder) {
  const { shop } = context;
  const { payload } = order;
  return {
    __typename: "Order",
    id: globalId("Order", order.id),
    legacyResourceId: order.id,
    name: order.name,
    createdAt: order.createdAt,
    processedAt: payload["processed_at"] ?? order.createdAt,
    updatedAt: order.updatedAt,
    cancelledAt: payload["cancelled_at"] ?? null,
    cancelReason: textOf(payload, "cancel_reason")?.toUpperCase() ?? null,
    closedAt: payload["closed_at"] ?? null,
    test: payload["test"] === true,
    sourceName: textOf(payload, "source_name"),
    taxesIncluded: payload["taxes_included"] === true,
    currencyCode: payload["currency"] ?? shop.currency,
    presentmentCurrencyCode: payload["presentment_currency"] ?? shop.currency,
    currentSubtotalPriceSet: () => moneyBagOf(payload, "current_subtotal_price_set"),
    currentTotalTaxSet: () => moneyBagOf(payload, "current_total_tax_set"),
    totalTipReceivedSet: () => tipReceivedView(shop, order),
    currentTotalPriceSet: () => moneyBagOf(payload, "current_total_price_set"),
    discountCode: discountCodesOf(order)[0] ?? null,
    discountCodes: discountCodesOf(order),
    displayFinancialStatus: textOf(payload, "financial_status")?.toUpperCase() ?? null,
    customAttributes: listOf(payload, "note_attributes").map((attribute) => ({
      key: textOf(attribute, "name"),
      value: textOf(attribute, "value"),
    })),
    checkoutToken: textOf(payload, "checkout_token"),
    customerJourneySummary: customerJourneyView(context, order),
    discountApplications: (args: PageArguments) => discountApplicationsView(order, args),
    lineItems: (args: PageArguments) => lineItemsView(shop, order, args),
    agreements: (args: PageArguments) => agreementsView(shop, order, args),
    refunds: ({ first }: { first?: number | null }) =>
      listOf(payload, "refunds")
        .slice(0, first ?? undefined)
        .map((refund) => refundView(shop, order, refund)),
  };
}
