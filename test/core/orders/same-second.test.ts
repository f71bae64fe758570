import { expect, test } from "vitest";
import { startReconciliation } from "#app/core/ledger/start-reconciliation.ts";
import { fetchOrder } from "#app/core/orders/fetch-order.ts";
import { processDeliveries } from "#app/core/orders/process-delivery.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { payOrder } from "#test/sandbox/shopify/orders/change-order.ts";
import { orderJson } from "#test/sandbox/shopify/orders/order-json.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import { buy, deliver, orderIdOf, variantOf, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, lineOf, staffOf } from "#test/support/shopify-staff.ts";
import type { World } from "#test/support/world.ts";

/** Reports what is paid only; an order that was made and paid within one second. */
async function paidInItsSecond() {
  const world = await worldWithCodes();
  const { ports, domain, shopifyState, shop } = world;
  await ports.store.shops.saveReportSettings(domain, { reportWhen: "paid", amountBasis: "net" });
  const order = buy(world, { codes: ["ANNA10"], financialStatus: "pending" });
  const created = webhookFor(world, order);
  const changes = payOrder(shopifyState, shop, order);
  expect(JSON.parse(created.body)).toMatchObject({ updated_at: order.payload["updated_at"] });
  const paid = webhookFor(world, orderJson(order.payload), { topic: "orders/paid" });
  return { world, order, created, paid, changes };
}

const deliveryIds = async ({ prisma }: World) =>
  (await prisma.delivery.findMany({ where: { state: "received" } })).map(({ id }) => id);

test("an order that is paid in the second it was made in is reported", async () => {
  const { world, order, created, paid } = await paidInItsSecond();
  await deliver(world, created);
  await world.drain(0);
  await deliver(world, paid);
  await world.drain(60_000);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
});

test("of two versions of one second the older, coming late, does not stay", async () => {
  const { world, order, created, paid } = await paidInItsSecond();
  await deliver(world, paid);
  await world.drain(0);
  await deliver(world, created);
  await world.drain(60_000);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
});

test.each(["made first", "made last"])(
  "two versions of one second that come together, %s, end as Shopify has it",
  async (how) => {
    const { world, order, created, paid } = await paidInItsSecond();
    for (const webhook of how === "made first" ? [created, paid] : [paid, created]) {
      await deliver(world, webhook);
      world.clock.pass(1);
    }
    const { ports, domain: shop } = world;
    await processDeliveries(ports, { shop, deliveryIds: await deliveryIds(world) });
    await world.drain(60_000);
    expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
  },
);

test("of two versions of one second that come together, the one triggered later counts at once", async () => {
  const { world, order, created, paid } = await paidInItsSecond();
  const at = (milliseconds: number) =>
    new Date(world.clock.now().getTime() + milliseconds).toISOString();
  await deliver(world, { ...paid, headers: { ...paid.headers, "x-shopify-triggered-at": at(2) } });
  world.clock.pass(10);
  const headers = { ...created.headers, "x-shopify-triggered-at": at(-9) };
  await deliver(world, { ...created, headers });
  const { ports, domain: shop } = world;
  await processDeliveries(ports, { shop, deliveryIds: await deliveryIds(world) });
  expect(await standingOf(world, orderIdOf(order))).not.toMatchObject({ reason: "not-paid" });
});

test("an order that is cancelled in its second after it was credited is reversed", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const at = order.updatedAt;
  await deliverAll(world, staffOf(world).cancel(order, { reason: "fraud", at }));
  expect(order.updatedAt).toEqual(at);
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "reversed" });
});

test("what Shopify answers replaces a version of the same second", async () => {
  const { world, order, created } = await paidInItsSecond();
  await deliver(world, created);
  await world.drain(0);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "not-paid" });
  world.clock.pass(2_000);
  await fetchOrder(world.ports, { shop: world.domain, orderId: orderIdOf(order) });
  expect(await standingOf(world, orderIdOf(order))).not.toMatchObject({ reason: "not-paid" });
});

test("an answer read before its second was over does not undo what was told since", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  world.shopifyState.editsAppearAsRefunds = false;
  const order = buy(world, {
    codes: ["ANNA10"],
    lines: [{ variantId: variantOf(world.shop, "Kettle"), quantity: 3 }],
  });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const whole = heldAt(world.impactState, order.id).amountMinor;
  const at = world.clock.now();
  const removeOne = () =>
    staffOf(world).edit(order, {
      remove: [{ lineItemId: lineOf(order, "KETTLE"), quantity: 1 }],
      at,
    });
  removeOne();
  // The second edit is told, and followed, while Shopify's answer is on its way.
  const readOrder: typeof ports.shopify.readOrder = async (...asked) => {
    const answer = await ports.shopify.readOrder(...asked);
    const told = removeOne().filter(({ topic }) => topic === "orders/updated");
    await deliverAll(world, told);
    await world.drain(0);
    return answer;
  };
  const slow = { ...ports, shopify: { ...ports.shopify, readOrder } };
  await fetchOrder(slow, { shop, orderId: orderIdOf(order) });
  await world.drain();
  expect(heldAt(world.impactState, order.id).amountMinor).toBe(whole / 3);
});

test("webhooks of one second that say the same ask Shopify for nothing", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  for (const topic of ["orders/create", "orders/paid", "orders/updated"]) {
    await deliver(world, webhookFor(world, order, { topic }));
    await world.drain(0);
  }
  expect(await world.drain()).not.toContain("fetch-order");
});

test("a second version of one second whose webhook is lost is found by the hourly comparison", async () => {
  const { world, order, created } = await paidInItsSecond();
  await deliver(world, created);
  await world.drain(0);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "not-paid" });
  world.clock.pass(60_000);
  await startReconciliation(world.ports, { shop: world.domain, kind: "orders" });
  await world.drain(60_000);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
});

test("a second refund of one second whose webhooks are lost is found, and asked for once", async () => {
  const world = await worldWithCodes();
  const order = buy(world, {
    codes: ["ANNA10"],
    lines: [{ variantId: variantOf(world.shop, "Kettle"), quantity: 3 }],
  });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const at = world.clock.now();
  const refundOne = () =>
    staffOf(world).refund(order, {
      lines: [{ lineItemId: lineOf(order, "KETTLE"), quantity: 1 }],
      at,
    });
  await deliverAll(world, refundOne());
  await world.drain();
  const once = heldAt(world.impactState, order.id).amountMinor;
  refundOne();
  expect(order.updatedAt).toEqual(at);
  world.clock.pass(60_000);
  const compare = async () => {
    await startReconciliation(world.ports, { shop: world.domain, kind: "orders" });
    return (await world.drain(60_000)).filter((name) => name === "fetch-order");
  };
  expect(await compare()).toEqual(["fetch-order"]);
  await world.drain();
  expect(heldAt(world.impactState, order.id).amountMinor).toBe(once / 2);
  expect(await compare()).toEqual([]);
});

test("a cancellation in the second of the order whose webhook is lost is found, and asked for once", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"], financialStatus: "pending" });
  const created = webhookFor(world, order);
  staffOf(world).cancel(order, { reason: "customer", refund: false });
  await deliver(world, created);
  await world.drain(0);
  world.clock.pass(60_000);
  const compare = async () => {
    await startReconciliation(world.ports, { shop: world.domain, kind: "orders" });
    return (await world.drain(60_000)).filter((name) => name === "fetch-order");
  };
  expect(await compare()).toEqual(["fetch-order"]);
  const standing = await standingOf(world, orderIdOf(order));
  expect(["cancelled", "reversed"]).toContain(standing?.reason);
  expect(await compare()).toEqual([]);
});

test("a refund that says something else later, and of which no webhook tells, is read once more", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  world.clock.pass(60_000);
  const lineItemId = lineOf(order, "KETTLE");
  await deliverAll(world, staffOf(world).refund(order, { lines: [{ lineItemId, quantity: 1 }] }));
  await world.drain();
  const before = heldAt(world.impactState, order.id).amountMinor;
  world.clock.pass(60_000);
  const [refund] = order.payload["refunds"] as Record<string, unknown>[];
  // The customer got $10.00 more than for the kettle.
  const money = (amount: string) => ({ amount, currency_code: "USD" });
  const bag = (amount: string) => ({ shop_money: money(amount), presentment_money: money(amount) });
  const adjustment = {
    id: "1",
    kind: "refund_discrepancy",
    reason: "Refund discrepancy",
    amount_set: bag("-10.00"),
    tax_amount_set: bag("0.00"),
  };
  Object.assign(refund ?? {}, {
    updated_at: world.clock.now().toISOString(),
    order_adjustments: [adjustment],
  });
  const compare = async () => {
    world.clock.pass(60_000);
    await startReconciliation(world.ports, { shop: world.domain, kind: "orders" });
    return (await world.drain()).filter((name) => name === "fetch-order");
  };
  expect(await compare()).toEqual(["fetch-order"]);
  expect(heldAt(world.impactState, order.id).amountMinor).toBe(before - 1_000);
  expect(await compare()).toEqual([]);
});

test("of an order that Shopify hides two versions of one second are a problem that is shown", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  world.clock.pass(61 * 86_400_000);
  const updated_at = world.clock.now().toISOString();
  for (const financial_status of ["paid", "partially_paid"]) {
    const body = orderJson({ ...order.payload, updated_at, financial_status });
    await deliver(world, webhookFor(world, body, { topic: "orders/updated" }));
    await world.drain(0);
  }
  await world.drain();
  const standing = await standingOf(world, orderIdOf(order));
  expect(standing).toMatchObject({ state: "failed", reason: "unreadable" });
});
