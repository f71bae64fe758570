import {
  addDiscount,
  shopForTests,
  variantId,
} from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { linesOf } from "./order-books.ts";
import type { OrderRequest } from "./place-order.ts";
import { placeOrder } from "./place-order.ts";

/** Three red mugs and a kettle with 10 % off by NINA10, unless told otherwise: 108.85 − 10.89. */
export function orderForTests(
  { quantityOfMugs = 3, ...request }: Partial<OrderRequest> & { quantityOfMugs?: number } = {},
  shopOptions: Parameters<typeof shopForTests>[0] = {},
): { state: ShopifyState; shop: Shop; order: StoredOrder; lineIds: string[] } {
  const { state, shop } = shopForTests(shopOptions);
  addDiscount(state, shop, ["NINA10"]);
  const order = placeOrder(state, shop, {
    lines: [
      { variantId: variantId(shop, "MUG-RED"), quantity: quantityOfMugs },
      { variantId: variantId(shop, "KETTLE"), quantity: 1 },
    ],
    codes: ["NINA10"],
    customer: { email: "ann@example.com" },
    ...request,
  });
  return { state, shop, order, lineIds: linesOf(order).map(({ id }) => id) };
}

interface RefundPayload {
  refund_line_items: {
    line_item_id: string;
    quantity: number;
    subtotal: number;
    total_tax: number;
  }[];
  order_adjustments: { kind: string; amount: string; reason: string }[];
  transactions: { amount: string; currency: string; status: string }[];
}

export function refundsOf(order: StoredOrder): RefundPayload[] {
  return order.payload["refunds"] as RefundPayload[];
}
