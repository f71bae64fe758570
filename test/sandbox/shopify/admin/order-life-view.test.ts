import { expect, test } from "vitest";
import * as documents from "#app/adapters/shopify/documents/orders.ts";
import { testAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";
import { deleteOrder } from "#test/sandbox/shopify/orders/change-order.ts";
import { linesOf } from "#test/sandbox/shopify/orders/order-books.ts";
import { placeOrder } from "#test/sandbox/shopify/orders/place-order.ts";
import { refundOrder } from "#test/sandbox/shopify/orders/refund-order.ts";

async function adminWithRefund() {
  const admin = await testAdmin();
  const { state, shop } = admin;
  const order = placeOrder(state, shop, {
    lines: [{ variantId: shop.products[0]?.variants[0]?.id ?? "", quantity: 3 }],
    customer: { email: "ann@example.com" },
    automaticDiscount: { title: "Sale", minor: 100 },
    shipping: { title: "Standard", minor: 500 },
    taxRate: 0.2,
    taxesIncluded: true,
  });
  const [line] = linesOf(order);
  const lines = [{ lineItemId: line?.id ?? "", quantity: 1 }];
  refundOrder(state, shop, order, { lines, shippingMinor: 500, amountMinor: 200 });
  return { ...admin, order };
}

test("an order and its refunds are read as the webhooks told them", async () => {
  const { graphql, order } = await adminWithRefund();
  const id = `gid://shopify/Order/${order.id}`;
  const { data, errors } = await graphql<{ order: { refunds: { id: string }[] } }>(
    documents.ORDER_BY_ID,
    { id, after: null },
  );
  expect(errors).toBeUndefined();
  expect(data.order).toMatchObject({
    id,
    taxesIncluded: true,
    displayFinancialStatus: "PARTIALLY_REFUNDED",
    discountApplications: { nodes: [{}] },
    lineItems: {
      nodes: [
        {
          quantity: 3,
          currentQuantity: 2,
          isGiftCard: false,
          originalUnitPriceSet: { shopMoney: { amount: "99.0" } },
          discountAllocations: [{ allocatedAmountSet: { shopMoney: { amount: "1.0" } } }],
          taxLines: [{ priceSet: { shopMoney: { amount: "49.33" } } }],
        },
      ],
    },
  });
  const refund = await graphql<{ refund: unknown }>(documents.REFUND_BY_ID, {
    id: data.order.refunds[0]?.id,
    after: null,
  });
  expect(refund.data.refund).toMatchObject({
    refundLineItems: {
      nodes: [
        {
          quantity: 1,
          subtotalSet: { shopMoney: { amount: "98.67" } },
          totalTaxSet: { shopMoney: { amount: "16.44" } },
        },
      ],
    },
    orderAdjustments: {
      nodes: [{ reason: "REFUND_DISCREPANCY", amountSet: { shopMoney: { amount: "-2.0" } } }],
    },
    refundShippingLines: { nodes: [{ subtotalAmountSet: { shopMoney: { amount: "5.0" } } }] },
  });
});

test("a customer's history is not ready at once, and then it is", async () => {
  const { graphql, order, state, pass } = await adminWithRefund();
  state.historyReadyAfterMs = 60_000;
  const summary = async () => {
    const ids = [`gid://shopify/Order/${order.id}`, "gid://shopify/Order/1"];
    const { data } = await graphql<{ nodes: ({ customerJourneySummary: unknown } | null)[] }>(
      documents.ORDER_DETAILS,
      { ids },
    );
    return data.nodes.map((node) => node?.customerJourneySummary ?? null);
  };
  expect(await summary()).toEqual([{ ready: false, customerOrderIndex: null }, null]);
  pass(60_000);
  expect(await summary()).toEqual([{ ready: true, customerOrderIndex: 0 }, null]);
});

test("a deleted order is in no list, under no id and in no count", async () => {
  const { graphql, order, shop } = await adminWithRefund();
  deleteOrder(shop, order);
  const id = `gid://shopify/Order/${order.id}`;
  const { data } = await graphql(
    `
      query Gone($id: ID!) {
        order(id: $id) {
          id
        }
        orders(first: 5) {
          nodes {
            id
          }
        }
        ordersCount {
          count
        }
      }
    `,
    { id },
  );
  expect(data).toEqual({ order: null, orders: { nodes: [] }, ordersCount: { count: 0 } });
});
