import type { CartLine } from "#test/sandbox/shopify/checkout/checkout-price.ts";
import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { addLine, addUnits } from "./add-line.ts";
import { orderEditPayload } from "./order-edit-payload.ts";
import type { EditDelta } from "./order-edit-payload.ts";
import { booksOf, lineOf } from "./order-books.ts";
import type { OrderWebhook } from "./order-webhook.ts";
import { orderWebhook, touchOrder } from "./order-webhook.ts";
import { recordRefund } from "./refund-order.ts";
import { outstandingMinor, retotalOrder } from "./retotal-order.ts";
import type { LineQuantity, TakenPart } from "./take-from-line.ts";
import { takeFromLine } from "./take-from-line.ts";

export interface EditRequest {
  remove?: readonly LineQuantity[];
  add?: readonly CartLine[];
  /** The quantity a line shall have in the end. */
  setQuantity?: readonly LineQuantity[];
  /** Whether money owed either way moves at once; true unless given. */
  settle?: boolean;
  at?: Date;
}

/** A committed order edit. */
export function editOrder(
  state: ShopifyState,
  shop: Shop,
  order: StoredOrder,
  request: EditRequest,
): OrderWebhook[] {
  const edit = applyEdit(state, shop, order, request);
  const edited = {
    topic: "orders/edited",
    payload: orderEditPayload(state, shop, order, { ...edit, at: request.at ?? state.clock.now() }),
  };
  const settled = settle(state, shop, order, request, edit.parts);
  return [edited, ...settled];
}

interface AppliedEdit {
  additions: EditDelta[];
  removals: EditDelta[];
  parts: TakenPart[];
}

function applyEdit(
  state: ShopifyState,
  shop: Shop,
  order: StoredOrder,
  request: EditRequest,
): AppliedEdit {
  const removals = [...(request.remove ?? [])];
  const additions: EditDelta[] = [];
  for (const { lineItemId, quantity } of request.setQuantity ?? []) {
    const line = lineOf(order, lineItemId);
    const delta = quantity - line.current_quantity;
    if (delta < 0) removals.push({ lineItemId, quantity: -delta });
    if (delta > 0) {
      addUnits(order, line, delta);
      additions.push({ id: lineItemId, delta });
    }
  }
  const parts = removals.map((each) => takeFromLine(order, each));
  for (const wanted of request.add ?? []) {
    additions.push({ id: addLine(state, shop, order, wanted), delta: wanted.quantity });
  }
  if (parts.length + additions.length === 0) throw new Error("Shopify refuses: an empty edit.");
  const removed = removals.map(({ lineItemId, quantity }) => ({ id: lineItemId, delta: quantity }));
  return { additions, removals: removed, parts };
}

/** What the edit makes of the money: a refund, a payment, or a balance left open. */
function settle(
  state: ShopifyState,
  shop: Shop,
  order: StoredOrder,
  request: EditRequest,
  parts: TakenPart[],
): OrderWebhook[] {
  const unpaid = ["pending", "authorized", "voided", "expired"];
  const wasPaid = !unpaid.includes(String(order.payload["financial_status"]));
  const owed = outstandingMinor(order);
  const isSettled = (request.settle ?? true) && wasPaid;
  if (owed > 0 && wasPaid) {
    if (isSettled) booksOf(order).receivedMinor += owed;
    else order.payload["financial_status"] = "partially_paid";
  }
  const owedMinor = isSettled && owed < 0 ? -owed : 0;
  const shown = state.editsAppearAsRefunds ? parts : [];
  if (shown.length > 0 || owedMinor > 0) {
    return recordRefund(state, shop, order, {
      parts: shown,
      shippingMinor: 0,
      discrepancies: [],
      owedMinor,
      restockType: "cancel",
      isPending: false,
      isReturn: false,
      ...(request.at && { at: request.at }),
    });
  }
  touchOrder(state, shop, order, request.at);
  retotalOrder(order);
  return [orderWebhook("orders/updated", order)];
}
