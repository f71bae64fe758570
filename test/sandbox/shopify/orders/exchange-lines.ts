import type { CartLine } from "#test/sandbox/shopify/checkout/checkout-price.ts";
import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { addLine } from "./add-line.ts";
import { booksOf } from "./order-books.ts";
import { orderEditPayload } from "./order-edit-payload.ts";
import type { OrderWebhook } from "./order-webhook.ts";
import { recordRefund } from "./refund-order.ts";
import { outstandingMinor } from "./retotal-order.ts";
import type { LineQuantity } from "./take-from-line.ts";
import { takeFromLine } from "./take-from-line.ts";

/** Units come back and others go out for them; only the difference in price is paid. */
export function exchangeLines(
  state: ShopifyState,
  shop: Shop,
  order: StoredOrder,
  exchange: { returned: readonly LineQuantity[]; sent: readonly CartLine[]; at?: Date },
): OrderWebhook[] {
  const { returned, sent, at = state.clock.now() } = exchange;
  const parts = returned.map((each) => takeFromLine(order, each));
  const additions = sent.map((wanted) => ({
    id: addLine(state, shop, order, wanted),
    delta: wanted.quantity,
  }));
  const owed = outstandingMinor(order);
  if (owed > 0) booksOf(order).receivedMinor += owed;
  const [refunded, updated] = recordRefund(state, shop, order, {
    parts,
    shippingMinor: 0,
    discrepancies: [],
    owedMinor: owed < 0 ? -owed : 0,
    restockType: "return",
    isPending: false,
    isReturn: true,
    at,
  });
  const edit = orderEditPayload(state, shop, order, { at, additions, removals: [] });
  const edited = { topic: "orders/edited", payload: edit };
  return [refunded, edited, updated].filter((webhook) => webhook !== undefined);
}
