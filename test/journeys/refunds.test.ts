import { expect, test } from "vitest";
import {
  conversionOf,
  requestsTo,
  standingOf,
  worldWithCodes,
} from "#test/core/given/world-with-codes.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import type { OrderRequest } from "#test/sandbox/shopify/orders/place-order.ts";
import { buy, deliver, orderIdOf, variantOf, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, lineOf, staffOf } from "#test/support/shopify-staff.ts";
import type { World } from "#test/support/world.ts";

const MINUTE = 60_000;

/** Three mugs and a kettle with Anna's code, reported and credited: $54.00 and $44.10. */
async function creditedOrder(request: Partial<OrderRequest> = {}) {
  const world = await worldWithCodes();
  const { order, orderId } = await sell(world, request);
  await world.drain();
  world.clock.pass(60 * MINUTE);
  return { world, order, orderId, staff: staffOf(world), held: heldIn(world, orderId) };
}

async function sell(world: World, request: Partial<OrderRequest> = {}) {
  const lines = [
    { variantId: variantOf(world.shop, "Mug"), quantity: 3 },
    { variantId: variantOf(world.shop, "Kettle"), quantity: 1 },
  ];
  const order = buy(world, { codes: ["ANNA10"], lines, ...request });
  await deliver(world, webhookFor(world, order));
  return { order, orderId: orderIdOf(order) };
}

const heldIn = (world: World, orderId: string) => () => heldAt(world.impactState, orderId);
const changesAt = (world: World) => requestsTo(world, "PUT", "/Actions").length;
const reversalsAt = (world: World) => requestsTo(world, "DELETE", "/Actions").length;

test("two of three mugs are returned: impact.com holds one mug and its money", async () => {
  const { world, order, orderId, staff, held } = await creditedOrder();
  await deliverAll(
    world,
    staff.refund(order, { lines: [{ lineItemId: lineOf(order, "MUG"), quantity: 2 }] }),
  );
  await world.drain(0);
  expect(await standingOf(world, orderId)).toMatchObject({ state: "waiting", reason: "adjusting" });
  await world.drain();
  expect(held()).toEqual({
    amountMinor: 6_210,
    items: [
      { sku: "MUG", quantity: 1, amountMinor: 1_800 },
      { sku: "KETTLE", quantity: 1, amountMinor: 4_410 },
    ],
  });
  expect(await standingOf(world, orderId)).toMatchObject({ state: "reported", reason: "adjusted" });
  expect(changesAt(world)).toBe(1);
});

test("a whole line is returned: its item has no unit and no money left", async () => {
  const { world, order, staff, held } = await creditedOrder();
  await deliverAll(
    world,
    staff.refund(order, { lines: [{ lineItemId: lineOf(order, "KETTLE"), quantity: 1 }] }),
  );
  await world.drain();
  expect(held().items).toContainEqual({ sku: "KETTLE", quantity: 0, amountMinor: 0 });
  expect(held().amountMinor).toBe(5_400);
});

test("money given back without goods lowers what impact.com holds by exactly that", async () => {
  const { world, order, staff, held } = await creditedOrder();
  await deliverAll(world, staff.refund(order, { amountMinor: 1_001 }));
  await world.drain();
  expect(held().amountMinor).toBe(9_810 - 1_001);
  expect(held().items.map(({ quantity }) => quantity)).toEqual([3, 1]);
});

test("a refund of shipping is none of the partner's: nothing is asked of impact.com", async () => {
  const shipping = { title: "Standard", minor: 900 };
  const { world, order, orderId, staff, held } = await creditedOrder({ shipping });
  const before = world.impact.requests.length;
  await deliverAll(world, staff.refund(order, { shippingMinor: 900 }));
  await world.drain();
  expect(world.impact.requests.length).toBe(before);
  expect(held().amountMinor).toBe(9_810);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
});

test("several refunds in a row, in whatever order they come, end at the right total", async () => {
  const { world, order, orderId, staff, held } = await creditedOrder();
  const mug = { lineItemId: lineOf(order, "MUG"), quantity: 1 };
  const first = staff.refund(order, { lines: [mug] });
  const second = staff.refund(order, { amountMinor: 333 });
  const third = staff.refund(order, { lines: [mug] });
  await deliverAll(world, third);
  await world.drain(0);
  await deliverAll(world, first);
  await world.drain(MINUTE);
  await deliverAll(world, second);
  await world.drain();
  expect(held().amountMinor).toBe(9_810 - 2 * 1_800 - 333);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "adjusted" });
});

test("everything is returned: the action is reversed as returned goods", async () => {
  const { world, order, orderId, staff, held } = await creditedOrder();
  const lines = [
    { lineItemId: lineOf(order, "MUG"), quantity: 3 },
    { lineItemId: lineOf(order, "KETTLE"), quantity: 1 },
  ];
  await deliverAll(world, staff.refund(order, { lines }));
  await world.drain();
  expect(held().amountMinor).toBe(0);
  expect(await standingOf(world, orderId)).toMatchObject({ state: "reported", reason: "reversed" });
  expect(requestsTo(world, "DELETE", "/Actions").map(({ body }) => body)).toEqual([
    expect.stringContaining("DispositionCode=ITEM_RETURNED"),
  ]);
});

test("a cancellation for fraud reverses the action as fraud", async () => {
  const { world, order, orderId, staff, held } = await creditedOrder();
  await deliverAll(world, staff.cancel(order, { reason: "fraud", refund: true }));
  await world.drain();
  expect(held()).toEqual({ amountMinor: 0, items: [] });
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "reversed" });
  expect(requestsTo(world, "DELETE", "/Actions").map(({ body }) => body)).toEqual([
    expect.stringContaining("DispositionCode=CONS_FRAUD"),
  ]);
});

test("a refund that comes before its order waits for it, and the order is reported as it ended", async () => {
  const world = await worldWithCodes();
  const lines = [{ variantId: variantOf(world.shop, "Mug"), quantity: 3 }];
  const order = buy(world, { codes: ["ANNA10"], lines });
  const created = webhookFor(world, order);
  world.clock.pass(MINUTE);
  const refund = { lines: [{ lineItemId: lineOf(order, "MUG"), quantity: 1 }] };
  const [alone] = staffOf(world).refund(order, refund);
  if (!alone) throw new Error("no webhook");
  await deliverAll(world, [alone]);
  await world.drain();
  await deliver(world, created);
  await world.drain();
  expect(heldAt(world.impactState, orderIdOf(order)).amountMinor).toBe(3_600);
  expect(changesAt(world)).toBe(0);
});

test("a refund while the conversion's outcome is open is followed once it is credited", async () => {
  const world = await worldWithCodes();
  world.impactState.rules.submissionDelayMs = 60 * MINUTE;
  const { order, orderId } = await sell(world);
  await world.drain(0);
  world.clock.pass(MINUTE);
  const refund = { lines: [{ lineItemId: lineOf(order, "MUG"), quantity: 1 }] };
  await deliverAll(world, staffOf(world).refund(order, refund));
  await world.drain(MINUTE);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "outcome-pending" });
  expect(changesAt(world)).toBe(0);
  await world.drain();
  expect(heldAt(world.impactState, orderId).amountMinor).toBe(8_010);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "adjusted" });
});

test("an item added later is carried by one that impact.com knows", async () => {
  const { world, order, orderId, staff, held } = await creditedOrder();
  const add = [{ variantId: variantOf(world.shop, "Sample"), quantity: 2 }];
  await deliverAll(world, staff.edit(order, { add }));
  await world.drain();
  expect(held()).toEqual({
    amountMinor: 9_810 + 600,
    items: [
      { sku: "MUG", quantity: 5, amountMinor: 6_000 },
      { sku: "KETTLE", quantity: 1, amountMinor: 4_410 },
    ],
  });
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "adjusted" });
});

test("everything is exchanged for something else: that is reported anew, and paid once", async () => {
  const { world, order, orderId, staff, held } = await creditedOrder();
  const lines = [
    { lineItemId: lineOf(order, "MUG"), quantity: 3 },
    { lineItemId: lineOf(order, "KETTLE"), quantity: 1 },
  ];
  await deliverAll(world, staff.refund(order, { lines }));
  await world.drain();
  const add = [{ variantId: variantOf(world.shop, "Kettle"), quantity: 2 }];
  await deliverAll(world, staff.edit(order, { add }));
  await world.drain();
  expect(held()).toEqual({
    amountMinor: 9_800,
    items: [{ sku: "KETTLE", quantity: 2, amountMinor: 9_800 }],
  });
  expect(await conversionOf(world, orderId)).toMatchObject({ impactOrderId: `${orderId}-2` });
  expect(await standingOf(world, orderId)).toMatchObject({ state: "reported", reason: "adjusted" });
});

test("the same refund delivered twenty times is told impact.com once", async () => {
  const { world, order, staff, held } = await creditedOrder();
  const refund = { lines: [{ lineItemId: lineOf(order, "MUG"), quantity: 1 }] };
  const webhooks = staff.refund(order, refund);
  for (let time = 1; time <= 20; time += 1) await deliverAll(world, webhooks);
  await world.drain();
  for (let time = 1; time <= 5; time += 1) await deliverAll(world, webhooks);
  await world.drain();
  expect(held().amountMinor).toBe(8_010);
  expect([changesAt(world), reversalsAt(world)]).toEqual([1, 0]);
});
