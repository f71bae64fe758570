import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { takeId } from "#test/sandbox/shopify/state.ts";
import { shopTime } from "./shop-time.ts";

export interface EditDelta {
  /** Line item id. */
  id: string;
  delta: number;
}

/** The body of `orders/edited` 2026-07: what was changed, never the order itself. */
export function orderEditPayload(
  state: ShopifyState,
  shop: Shop,
  order: StoredOrder,
  edit: { at: Date; additions: EditDelta[]; removals: EditDelta[] },
): Record<string, unknown> {
  const at = shopTime(edit.at, shop.ianaTimezone);
  return {
    order_edit: {
      id: takeId(state),
      app_id: null,
      created_at: at,
      committed_at: at,
      notify_customer: false,
      order_id: order.id,
      staff_note: "",
      user_id: null,
      line_items: { additions: edit.additions, removals: edit.removals },
      discounts: { line_item: { additions: [], removals: [] } },
      shipping_lines: { additions: [], removals: [] },
    },
  };
}
