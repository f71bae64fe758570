import { expect, test } from "vitest";
import { variantId } from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import { cancelOrder } from "./cancel-order.ts";
import { archiveOrder, deleteOrder, payOrder, removeCustomer, voidOrder } from "./change-order.ts";
import { editOrder } from "./edit-order.ts";
import { exchangeLines } from "./exchange-lines.ts";
import { whatCustomerKept } from "./order-books.ts";
import { ORDER_CREATE_KEYS } from "./order-create-keys.ts";
import { orderForTests, refundsOf } from "./order-for-tests.ts";
import type { OrderWebhook } from "./order-webhook.ts";
import { placedWebhooks } from "./order-webhook.ts";

function topics(webhooks: OrderWebhook[]): string[] {
  return webhooks.map(({ topic }) => topic);
}

test("an edit names the order and what was changed, and shows what it removed as a refund", () => {
  const { state, shop, order, lineIds } = orderForTests();
  const [mugs = ""] = lineIds;
  const [edited, ...rest] = editOrder(state, shop, order, {
    remove: [{ lineItemId: mugs, quantity: 1 }],
    add: [{ variantId: variantId(shop, "MUG-BLUE"), quantity: 2 }],
  });
  const [, , added] = order.payload["line_items"] as { id: string }[];
  expect(edited).toMatchObject({
    topic: "orders/edited",
    payload: {
      order_edit: {
        order_id: order.id,
        line_items: {
          additions: [{ id: added?.id, delta: 2 }],
          removals: [{ id: mugs, delta: 1 }],
        },
      },
    },
  });
  expect(Object.keys(edited?.payload ?? {})).toEqual(["order_edit"]);
  expect(topics(rest)).toEqual(["refunds/create", "orders/updated"]);
  expect(refundsOf(order)[0]).toMatchObject({
    refund_line_items: [{ line_item_id: mugs, quantity: 1, subtotal: 17.95 }],
    transactions: [],
  });
  expect(order.payload).toMatchObject({
    current_subtotal_price: "119.91",
    total_outstanding: "0.00",
    line_items: [
      { quantity: 3, current_quantity: 2 },
      { quantity: 1, current_quantity: 1 },
      { sku: "MUG-BLUE", quantity: 2, current_quantity: 2, discount_allocations: [] },
    ],
  });
});

test("where edits do not appear as refunds, only the quantity tells of what was removed", () => {
  const { state, shop, order, lineIds } = orderForTests();
  state.editsAppearAsRefunds = false;
  const setQuantity = [{ lineItemId: lineIds[0] ?? "", quantity: 1 }];
  const sent = editOrder(state, shop, order, { setQuantity, settle: false });
  expect(topics(sent)).toEqual(["orders/edited", "orders/updated"]);
  expect(order.payload).toMatchObject({
    refunds: [],
    total_outstanding: "-35.91",
    line_items: [{ current_quantity: 1 }, {}],
  });
});

test("more units of a line are owed until they are paid, and no code takes anything off them", () => {
  const { state, shop, order, lineIds } = orderForTests();
  const setQuantity = [{ lineItemId: lineIds[1] ?? "", quantity: 2 }];
  editOrder(state, shop, order, { setQuantity, settle: false });
  expect(order.payload).toMatchObject({
    financial_status: "partially_paid",
    total_outstanding: "49.00",
    total_price: "146.96",
    total_discounts: "10.89",
  });
  expect(topics(payOrder(state, shop, order))).toEqual(["orders/paid", "orders/updated"]);
  expect(order.payload).toMatchObject({ financial_status: "paid", total_outstanding: "0.00" });
});

test("an exchange returns one line, adds another and moves only the difference", () => {
  const { state, shop, order, lineIds } = orderForTests();
  const sent = exchangeLines(state, shop, order, {
    returned: [{ lineItemId: lineIds[1] ?? "", quantity: 1 }],
    sent: [{ variantId: variantId(shop, "MUG-BLUE"), quantity: 1 }],
  });
  expect(topics(sent)).toEqual(["refunds/create", "orders/edited", "orders/updated"]);
  expect(refundsOf(order)[0]).toMatchObject({
    return: { id: expect.any(String) },
    refund_line_items: [{ restock_type: "return", subtotal: 44.1 }],
    transactions: [{ amount: "24.15" }],
  });
  expect(whatCustomerKept(order).lines.map(({ netMinor }) => netMinor)).toEqual([5_386, 0, 1_995]);
});

test("a cancelled order says when and why, and gives back what is left where told to", () => {
  const { state, shop, order } = orderForTests({ shipping: { title: "Standard", minor: 500 } });
  const sent = cancelOrder(state, shop, order, { reason: "fraud", refund: true });
  expect(topics(sent)).toEqual(["orders/cancelled", "refunds/create", "orders/updated"]);
  expect(sent[0]?.payload).toMatchObject({
    cancel_reason: "fraud",
    cancelled_at: "2026-11-22T07:00:00-05:00",
    financial_status: "refunded",
    current_total_price: "0.00",
    line_items: [{ current_quantity: 0 }, { current_quantity: 0 }],
  });
  expect(() => cancelOrder(state, shop, order, { reason: "other" })).toThrow("cancelled already");
});

test("an unpaid order is voided when it is cancelled, and keeps its units, as in Shopify's sample", () => {
  const { state, shop, order } = orderForTests({ financialStatus: "authorized" });
  expect(topics(cancelOrder(state, shop, order, { reason: "customer" }))).toEqual([
    "orders/cancelled",
    "orders/updated",
  ]);
  expect(order.payload).toMatchObject({ financial_status: "voided", refunds: [] });
});

test("an order that waits for its money is created first and paid later", () => {
  const { state, shop, order } = orderForTests({ financialStatus: "pending" });
  expect(topics(placedWebhooks(order))).toEqual(["orders/create"]);
  expect(order.payload).toMatchObject({
    financial_status: "pending",
    total_outstanding: "97.96",
    payment_gateway_names: ["manual"],
  });
  const [paid] = payOrder(state, shop, order);
  expect(paid).toMatchObject({ topic: "orders/paid", payload: { financial_status: "paid" } });
  expect(() => payOrder(state, shop, order)).toThrow("is paid");
  expect(() => voidOrder(state, shop, order)).toThrow("is paid");
});

test("of a deleted order only its id is told, and numbers do not come twice", () => {
  const { shop, order } = orderForTests();
  expect(deleteOrder(shop, order)).toEqual([{ topic: "orders/delete", payload: { id: order.id } }]);
  expect(shop.orders).toEqual([]);
  expect(() => deleteOrder(shop, order)).toThrow("there is no order #1001");
});

test("an archived order is closed, and one without its customer says no more who bought", () => {
  const { state, shop, order } = orderForTests();
  archiveOrder(state, shop, order);
  removeCustomer(state, shop, order);
  expect(order.payload).toMatchObject({ customer: null, email: "", cancelled_at: null });
  expect(order.payload["closed_at"]).toBe("2026-11-22T07:00:00-05:00");
  expect(JSON.stringify(order.payload)).not.toMatch(/ann/i);
});

test("through a whole life the payload keeps the keys of Shopify's own order", () => {
  const { state, shop, order, lineIds } = orderForTests();
  const remove = [{ lineItemId: lineIds[0] ?? "", quantity: 1 }];
  const before = structuredClone(order.payload);
  const sent = [
    ...editOrder(state, shop, order, { remove }),
    ...cancelOrder(state, shop, order, { reason: "staff", refund: true }),
    ...archiveOrder(state, shop, order),
  ];
  expect(Object.keys(order.payload).toSorted()).toEqual(ORDER_CREATE_KEYS.toSorted());
  const versions = sent.filter(({ payload }) => "updated_at" in payload);
  const times = [before, ...versions.map(({ payload }) => payload)].map(({ updated_at }) =>
    Date.parse(String(updated_at)),
  );
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});
