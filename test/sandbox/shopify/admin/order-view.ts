import type { AdminContext } from "#test/sandbox/shopify/admin/admin-context.ts";
import { connection } from "#test/sandbox/shopify/admin/connection.ts";
import type { PageArguments } from "#test/sandbox/shopify/admin/connection.ts";
import { globalId } from "#test/sandbox/shopify/admin/global-id.ts";
import type { Shop, StoredOrder } from "#test/sandbox/shopify/state.ts";

type Json = Record<string, unknown>;

function listOf(payload: Json, key: string): Json[] {
  const value = payload[key];
  return Array.isArray(value) ? (value as Json[]) : [];
}

function textOf(payload: Json, key: string): string | null {
  const value = payload[key];
  return value === null || value === undefined ? null : String(value);
}

export function discountCodesOf(order: StoredOrder): string[] {
  return listOf(order.payload, "discount_codes").map((each) => String(each["code"]));
}

/** A line keeps its product's id after the product is gone; GraphQL then has no product. */
function productView(shop: Shop, productId: string | null) {
  const product = shop.products.find((each) => each.id === productId);
  if (!product) return null;
  const { id, title, vendor, productType } = product;
  return { id: globalId("Product", id), legacyResourceId: id, title, vendor, productType };
}

function lineItemView(shop: Shop, line: Json) {
  return {
    id: globalId("LineItem", String(line["id"])),
    sku: textOf(line, "sku"),
    title: textOf(line, "title"),
    name: textOf(line, "name"),
    vendor: textOf(line, "vendor"),
    quantity: line["quantity"],
    product: () => productView(shop, textOf(line, "product_id")),
  };
}

function lineItemsView(shop: Shop, order: StoredOrder, args: PageArguments) {
  const placed = listOf(order.payload, "line_items").map((line, index) => ({
    item: line,
    id: String(line["id"]),
    value: index,
  }));
  return connection(placed, args, (line) => lineItemView(shop, line));
}

function customerJourneyView(order: StoredOrder) {
  return { ready: true, customerOrderIndex: order.customerOrderIndex };
}

/** Order, derived from the webhook payload that the order keeps. */
export function orderView({ shop }: AdminContext, order: StoredOrder) {
  const { payload } = order;
  return {
    id: globalId("Order", order.id),
    legacyResourceId: order.id,
    name: order.name,
    createdAt: order.createdAt,
    processedAt: payload["processed_at"] ?? order.createdAt,
    updatedAt: order.updatedAt,
    cancelledAt: payload["cancelled_at"] ?? null,
    cancelReason: textOf(payload, "cancel_reason")?.toUpperCase() ?? null,
    test: payload["test"] === true,
    sourceName: textOf(payload, "source_name"),
    currencyCode: payload["currency"] ?? shop.currency,
    discountCode: discountCodesOf(order)[0] ?? null,
    discountCodes: discountCodesOf(order),
    displayFinancialStatus: textOf(payload, "financial_status")?.toUpperCase() ?? null,
    customAttributes: listOf(payload, "note_attributes").map((attribute) => ({
      key: textOf(attribute, "name"),
      value: textOf(attribute, "value"),
    })),
    customerJourneySummary: customerJourneyView(order),
    lineItems: (args: PageArguments) => lineItemsView(shop, order, args),
  };
}
