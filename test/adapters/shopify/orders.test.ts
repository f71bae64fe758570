import { expect, test } from "vitest";
import {
  ORDER_BY_ID,
  ORDER_DETAILS,
  ORDER_PRODUCT_TYPES,
  ORDER_TIPS,
} from "#app/adapters/shopify/documents/orders.ts";
import { parseJson } from "#app/adapters/shopify/parse-json.ts";
import { readOrderPayload } from "#app/adapters/shopify/read-order-payload.ts";
import { readRefundPayload } from "#app/adapters/shopify/read-refund-payload.ts";
import type { OrderId } from "#app/core/ids.ts";
import { toDecimal } from "#app/core/money.ts";
import { earnedLines, earnedMinor } from "#app/core/orders/earned-lines.ts";
import type { OrderFacts } from "#app/core/orders/order-facts.ts";
import { testAdmin, type TestAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";
import { addDiscount } from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import { cancelOrder } from "#test/sandbox/shopify/orders/cancel-order.ts";
import { editOrder } from "#test/sandbox/shopify/orders/edit-order.ts";
import { linesOf } from "#test/sandbox/shopify/orders/order-books.ts";
import { orderJson } from "#test/sandbox/shopify/orders/order-json.ts";
import { placeOrder, type OrderRequest } from "#test/sandbox/shopify/orders/place-order.ts";
import { refundOrder } from "#test/sandbox/shopify/orders/refund-order.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import { shopifyOf } from "./shopify-of.ts";

const MINUTE_MS = 60_000;

function order(
  { state, shop }: TestAdmin,
  request: Partial<OrderRequest> = {},
  quantities = [3, 1],
): StoredOrder {
  if (shop.discounts.size === 0) addDiscount(state, shop, ["NINA10"]);
  const variantId = shop.products[0]?.variants[0]?.id ?? "";
  const lines = quantities.map((quantity) => ({ variantId, quantity }));
  return placeOrder(state, shop, { lines, codes: ["nina10"], ...request });
}

function told({ payload }: StoredOrder): OrderFacts {
  const content = readOrderPayload(parseJson(orderJson(payload)));
  if (content.kind !== "order") throw new Error(JSON.stringify(content));
  return content.facts;
}

/** As GraphQL tells it: without the customer, and with each refund's version, of which no webhook tells. */
function askedAs(facts: OrderFacts): OrderFacts {
  const updatedAt = expect.any(Date) as Date;
  const refunds = facts.refunds.map((refund) => ({ ...refund, updatedAt }));
  return { ...facts, refunds, emailSha1: null };
}

async function asked(admin: TestAdmin, { id }: StoredOrder): Promise<OrderFacts | null> {
  const { shopify, domain } = shopifyOf(admin);
  const read = await shopify.readOrder(domain, id as OrderId);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

test.each([
  ["USD", { taxRate: 0.0825 }],
  ["EUR", { taxRate: 0.19, taxesIncluded: true }],
  ["JPY", { taxRate: 0.1, taxesIncluded: true }],
  ["KWD", {}],
  ["USD", { presentmentCurrency: "EUR", exchangeRate: 0.9137 }],
])("an order in %s is the same, told by its webhook or asked for: %j", async (currency, how) => {
  const admin = await testAdmin({ currency });
  const { state, shop } = admin;
  state.editsAppearAsRefunds = currency !== "USD";
  const bought = order(admin, {
    ...how,
    customer: { email: "kim@example.com" },
    shipping: { title: "Post", minor: 700 },
  });
  const [first = "", second = ""] = linesOf(bought).map(({ id }) => id);
  expect(await asked(admin, bought)).toEqual(askedAs(told(bought)));

  admin.pass(MINUTE_MS);
  editOrder(state, shop, bought, { remove: [{ lineItemId: first, quantity: 1 }] });
  refundOrder(state, shop, bought, {
    lines: [{ lineItemId: second, quantity: 1 }],
    shippingMinor: 700,
    restockingFeeMinor: 100,
  });
  refundOrder(state, shop, bought, { amountMinor: 555 });
  const facts = told(bought);
  expect(facts.emailSha1).not.toBeNull();
  expect(facts.typedCodes).toHaveLength(1);
  expect(facts.tookMinor).toEqual([expect.any(Number)]);
  expect(facts.refunds.map(({ adjustmentMinor }) => adjustmentMinor)).toEqual(
    expect.arrayContaining([100, -555]),
  );
  expect(await asked(admin, bought)).toEqual(askedAs(facts));

  cancelOrder(state, shop, bought, { reason: "fraud", refund: true });
  expect(told(bought)).toMatchObject({ cancelReason: "fraud" });
  expect(await asked(admin, bought)).toEqual(askedAs(told(bought)));
});

test.each([true, false])(
  "what is earned is Shopify's own current subtotal; an edit is told as a refund: %s",
  async (editsAppearAsRefunds) => {
    const admin = await testAdmin();
    const { state, shop } = admin;
    state.editsAppearAsRefunds = editsAppearAsRefunds;
    const bought = order(admin, { taxRate: 0.0825 }, [7, 3]);
    const [first = "", second = ""] = linesOf(bought).map(({ id }) => id);
    const changes = [
      () => editOrder(state, shop, bought, { remove: [{ lineItemId: first, quantity: 2 }] }),
      () => refundOrder(state, shop, bought, { lines: [{ lineItemId: first, quantity: 1 }] }),
      () => refundOrder(state, shop, bought, { lines: [{ lineItemId: second, quantity: 1 }] }),
      () => editOrder(state, shop, bought, { setQuantity: [{ lineItemId: second, quantity: 4 }] }),
      () => editOrder(state, shop, bought, { remove: [{ lineItemId: first, quantity: 3 }] }),
    ];
    for (const change of changes) {
      change();
      const facts = told(bought);
      const earned = earnedMinor(earnedLines({ facts, refunds: facts.refunds }, "net"));
      expect(toDecimal({ minor: earned, currency: "USD" })).toBe(
        bought.payload["current_subtotal_price"],
      );
    }
  },
);

test("a refund that comes by itself is the one that its order tells of later", async () => {
  const admin = await testAdmin();
  const { state, shop } = admin;
  const bought = order(admin, { taxRate: 0.0825, shipping: { title: "Post", minor: 700 } });
  const [lineItemId = ""] = linesOf(bought).map(({ id }) => id);
  const webhooks = refundOrder(state, shop, bought, {
    lines: [{ lineItemId, quantity: 2 }],
    shippingMinor: 700,
    restockingFeeMinor: 300,
  });
  const alone = webhooks.find(({ topic }) => topic === "refunds/create")?.payload ?? {};
  const content = readRefundPayload(parseJson(orderJson(alone)));
  expect(content).toEqual({ kind: "refund", orderId: bought.id, refund: told(bought).refunds[0] });
});

test("a draft order's typed title is no code when its order is asked for, either", async () => {
  const admin = await testAdmin();
  const draft = order(admin, { codes: [], draftTitleDiscount: { title: "NINA10", minor: 500 } });
  expect(await asked(admin, draft)).toMatchObject({
    typedCodes: [],
    sourceName: "shopify_draft_order",
  });
});

test("a tip is told from goods by the webhook and, in as few requests, where it is asked for", async () => {
  const admin = await testAdmin();
  const many = Array.from({ length: 260 }, () => 1);
  const tipped = order(admin, { tipMinor: 500 }, many);
  const { shopify, domain, asked: requests } = shopifyOf(admin);
  const read = await shopify.readOrder(domain, tipped.id as OrderId);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  expect(read.value).toEqual(told(tipped));
  expect(read.value?.lines.filter(({ tip }) => tip)).toMatchObject([{ grossMinor: 500 }]);
  const forTips = () => requests.filter(({ document }) => document === ORDER_TIPS);
  expect(forTips()).toHaveLength(2);
  await shopify.readOrder(domain, order(admin).id as OrderId);
  expect(forTips()).toHaveLength(2);
});

test("an order of 500 lines is read page by page, each line once", async () => {
  const admin = await testAdmin();
  const large = order(
    admin,
    {},
    Array.from({ length: 500 }, () => 1),
  );
  const { shopify, domain, asked: requests } = shopifyOf(admin);
  const read = await shopify.readOrder(domain, large.id as OrderId);
  expect(read.ok && read.value?.lines).toEqual(told(large).lines);
  expect(requests.filter(({ document }) => document === ORDER_BY_ID)).toHaveLength(4);
});

test("an order that Shopify does not have is none", async () => {
  const { shopify, domain } = shopifyOf(await testAdmin());
  expect(await shopify.readOrder(domain, "42" as OrderId)).toEqual({ ok: true, value: null });
});

test("orders are listed by when they changed, oldest first, to the last page", async () => {
  const admin = await testAdmin();
  const { state, shop } = admin;
  const from = state.clock.now();
  const orders = Array.from({ length: 150 }, () => {
    admin.pass(1_000);
    return order(admin, {}, [1]);
  });
  const [oldest] = orders;
  if (!oldest) throw new Error("nothing bought");
  admin.pass(MINUTE_MS);
  refundOrder(state, shop, oldest, { amountMinor: 100 });
  const later = order(admin, { at: new Date(state.clock.now().getTime() + MINUTE_MS) }, [1]);
  const period = { updatedFrom: from, updatedTo: later.updatedAt };

  const { shopify, domain } = shopifyOf(admin);
  const first = await shopify.listOrders(domain, { ...period, cursor: null });
  if (!first.ok) throw new Error(first.problem.message);
  expect(first.value.orders).toHaveLength(120);
  const second = await shopify.listOrders(domain, { ...period, cursor: first.value.nextCursor });
  if (!second.ok) throw new Error(second.problem.message);
  expect(second.value.nextCursor).toBeNull();
  const listed = [...first.value.orders, ...second.value.orders];
  expect(listed.map(({ orderId }) => orderId)).toEqual([
    ...orders.slice(1).map(({ id }) => id),
    oldest.id,
  ]);
  expect(listed.at(-1)?.updatedAt).toEqual(told(oldest).updatedAt);
});

test("orders are counted by when they were placed, the end left out", async () => {
  const admin = await testAdmin();
  const from = admin.state.clock.now();
  for (let count = 0; count < 3; count += 1) {
    order(admin, {}, [1]);
    admin.pass(MINUTE_MS);
  }
  const { shopify, domain } = shopifyOf(admin);
  const to = new Date(from.getTime() + 2 * MINUTE_MS);
  expect(await shopify.countOrders(domain, { from, to })).toEqual({ ok: true, value: 2 });
});

test("details of 50 orders take two requests, however many lines each has, and leave out none", async () => {
  const admin = await testAdmin();
  const orders = Array.from({ length: 49 }, () => order(admin, {}, [1, 2]));
  const large = order(
    admin,
    {},
    Array.from({ length: 270 }, () => 1),
  );
  const ids = [...orders, large].map(({ id }) => id as OrderId);
  const { shopify, domain, asked: requests } = shopifyOf(admin);
  const found = await shopify.orderDetails(domain, [...ids, "42" as OrderId]);
  if (!found.ok) throw new Error(found.problem.message);
  expect([...found.value.keys()]).toEqual(ids);
  const types = found.value.get(large.id as OrderId)?.productTypes;
  expect([...(types?.keys() ?? [])]).toEqual(linesOf(large).map(({ id }) => id));
  expect(new Set(types?.values())).toEqual(new Set(["Bags"]));
  expect(found.value.get(ids[0] as OrderId)).toMatchObject({
    isReady: true,
    customerOrderIndex: orders[0]?.customerOrderIndex,
  });
  expect(requests.filter(({ document }) => document === ORDER_DETAILS)).toHaveLength(2);
  expect(requests.filter(({ document }) => document === ORDER_PRODUCT_TYPES)).toHaveLength(2);
});
