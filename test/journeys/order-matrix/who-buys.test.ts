import { expect, test } from "vitest";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import { ANNA, ignored, matrixShop, REPORTED, UNREPORTED, type MatrixShop } from "./matrix-shop.ts";

function customerStatusOf({ world }: MatrixShop, order: StoredOrder) {
  return actionsOf(world.impactState, order.id)[0]?.customerStatus;
}

test("guest: a first-time buyer without an account is reported as a new customer", async () => {
  const shop = await matrixShop();
  const order = await shop.sell({ customer: { email: "guest@example.com" } });
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210, currency: "USD" });
  expect(customerStatusOf(shop, order)).toBe("NEW");
  expect(await shop.ledger(order)).toEqual(REPORTED);
});

test("guest: an order without any e-mail or customer is reported all the same", async () => {
  const shop = await matrixShop();
  const order = shop.order();
  Object.assign(order.payload, { customer: null, email: "", contact_email: null });
  await shop.happens([{ topic: "orders/create", payload: order.payload }]);
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
  expect(await shop.ledger(order)).toEqual(REPORTED);
});

test("returning: the second order of a customer earns the same and is reported as existing", async () => {
  const shop = await matrixShop();
  await shop.sell();
  const second = await shop.sell();
  expect(shop.paid(second)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
  expect(customerStatusOf(shop, second)).toBe("EXISTING");
  expect(await shop.ledger(second)).toEqual(REPORTED);
});

test("point of sale: a code typed at the till earns, without a cart, a browser or a customer", async () => {
  const shop = await matrixShop();
  const order = shop.order({ sourceName: "pos" });
  Object.assign(order.payload, { customer: null, email: "" });
  expect(order.payload).toMatchObject({ checkout_token: null, cart_token: null, browser_ip: null });
  await shop.happens([{ topic: "orders/create", payload: order.payload }]);
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
  expect(await shop.ledger(order)).toEqual(REPORTED);
});

test("draft: a discount title that staff typed is no code, even where it reads like one", async () => {
  const shop = await matrixShop();
  const order = await shop.sell({
    codes: [],
    draftTitleDiscount: { title: "ANNA10", minor: 690 },
  });
  expect(order.payload).toMatchObject({ discount_codes: [{ code: "ANNA10" }] });
  expect(shop.paid(order)).toMatchObject(UNREPORTED);
  expect(await shop.ledger(order)).toEqual(ignored("no-code"));
});

test("draft: a real code on a draft order earns its partner the order", async () => {
  const shop = await matrixShop();
  const order = await shop.sell({ sourceName: "shopify_draft_order" });
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
  expect(await shop.ledger(order)).toEqual(REPORTED);
});

test("subscription: the first order earns, and so does each renewal that carries the code again", async () => {
  const shop = await matrixShop();
  const first = await shop.sell();
  const renewal = await shop.sell({ sourceName: "subscription_contract" });
  expect(shop.paid(first)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
  expect(shop.paid(renewal)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
  expect(customerStatusOf(shop, renewal)).toBe("EXISTING");
  expect(await shop.ledger(renewal)).toEqual(REPORTED);
});

test("subscription: a renewal without the code is nobody's", async () => {
  const shop = await matrixShop();
  await shop.sell();
  const renewal = await shop.sell({ sourceName: "subscription_contract", codes: [] });
  expect(shop.paid(renewal)).toMatchObject(UNREPORTED);
  expect(await shop.ledger(renewal)).toEqual(ignored("no-code"));
});

test("test order: it is never reported", async () => {
  const shop = await matrixShop();
  const order = await shop.sell({ test: true });
  expect(shop.paid(order)).toMatchObject(UNREPORTED);
  expect(await shop.ledger(order)).toEqual(ignored("test-order"));
});

test("removed customer: erasing who bought takes nothing from the partner", async () => {
  const shop = await matrixShop();
  const order = await shop.sell();
  await shop.happens(shop.staff.eraseCustomer(order));
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
  expect(await shop.ledger(order)).toEqual(REPORTED);
});

test("removed customer: an order heard of only after its customer was erased is reported", async () => {
  const shop = await matrixShop();
  const order = shop.order();
  await shop.happens(shop.staff.eraseCustomer(order));
  expect(shop.paid(order)).toMatchObject({ ...ANNA, amountMinor: 6_210 });
  expect(await shop.ledger(order)).toEqual(REPORTED);
});
