import { connection } from "#test/sandbox/shopify/admin/connection.ts";
import type { PageArguments } from "#test/sandbox/shopify/admin/connection.ts";
import { globalId } from "#test/sandbox/shopify/admin/global-id.ts";
import { lineItemView } from "#test/sandbox/shopify/admin/line-item-view.ts";
import { listOf, moneyBagOf, textOf } from "#test/sandbox/shopify/admin/payload-fields.ts";
import type { Json } from "#test/sandbox/shopify/admin/payload-fields.ts";
import type { Shop, StoredOrder } from "#test/sandbox/shopify/state.ts";

function pageOf<V>(list: Json[], args: PageArguments, view: (item: Json) => V) {
  const placed = list.map((item, index) => ({ item, id: String(item["id"]), value: index }));
  return connection(placed, args, view);
}

function refundLineItemView(shop: Shop, order: StoredOrder, line: Json) {
  const lineId = String(line["line_item_id"]);
  const lines = listOf(order.payload, "line_items");
  return {
    id: globalId("RefundLineItem", String(line["id"])),
    quantity: line["quantity"],
    restockType: textOf(line, "restock_type")?.toUpperCase() ?? null,
    restocked: line["restock_type"] !== "no_restock",
    subtotalSet: () => moneyBagOf(line, "subtotal_set"),
    totalTaxSet: () => moneyBagOf(line, "total_tax_set"),
    lineItem: () => lineItemView(shop, order, lines.find(({ id }) => id === lineId) ?? {}),
  };
}

/** "Refund discrepancy" → REFUND_DISCREPANCY, as OrderAdjustmentDiscrepancyReason names it. */
function reasonOf(adjustment: Json): string | null {
  return textOf(adjustment, "reason")?.toUpperCase().replaceAll(" ", "_") ?? null;
}

/** Shipping that was given back stands in refundShippingLines here, and is no discrepancy. */
function discrepanciesIn(refund: Json): Json[] {
  return listOf(refund, "order_adjustments").filter(({ kind }) => kind === "refund_discrepancy");
}

/** Refund, from its webhook payload. */
export function refundView(shop: Shop, order: StoredOrder, refund: Json) {
  const id = String(refund["id"]);
  return {
    __typename: "Refund",
    id: globalId("Refund", id),
    legacyResourceId: id,
    createdAt: refund["created_at"],
    processedAt: refund["processed_at"],
    updatedAt: refund["updated_at"] ?? refund["created_at"],
    note: textOf(refund, "note"),
    refundLineItems: (args: PageArguments) =>
      pageOf(listOf(refund, "refund_line_items"), args, (line) =>
        refundLineItemView(shop, order, line),
      ),
    orderAdjustments: (args: PageArguments) =>
      pageOf(discrepanciesIn(refund), args, (adjustment) => ({
        id: globalId("OrderAdjustment", String(adjustment["id"])),
        reason: reasonOf(adjustment),
        amountSet: moneyBagOf(adjustment, "amount_set"),
        taxAmountSet: moneyBagOf(adjustment, "tax_amount_set"),
      })),
    refundShippingLines: (args: PageArguments) =>
      pageOf(listOf(refund, "refund_shipping_lines"), args, (line) => ({
        id: globalId("RefundShippingLine", String(line["id"])),
        subtotalAmountSet: moneyBagOf(line, "subtotal_amount_set"),
        taxAmountSet: moneyBagOf(line, "tax_amount_set"),
      })),
  };
}
