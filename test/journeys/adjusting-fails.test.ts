import { expect, test } from "vitest";
import { chooseProgram } from "#app/core/program/choose-program.ts";
import { connectImpact } from "#app/core/program/connect-impact.ts";
import { listProblems } from "#app/core/orders/list-problems.ts";
import { retryOrder } from "#app/core/orders/retry-order.ts";
import { requestsTo, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { addAccount } from "#test/sandbox/impact/create-state.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import { actionsOf, submissionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { buyAndDeliver, variantOf } from "#test/support/shopper.ts";
import { deliverAll, lineOf, staffOf } from "#test/support/shopify-staff.ts";
import { CREDENTIALS, EVENT_TYPE_ID, PROGRAM_ID, type World } from "#test/support/world.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Three mugs with Anna's code, credited with $54.00; `refundMug` sends one back. */
async function creditedMugs() {
  const world = await worldWithCodes();
  const lines = [{ variantId: variantOf(world.shop, "Mug"), quantity: 3 }];
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"], lines });
  const order = world.shop.orders.find(({ id }) => id === orderId);
  if (!order) throw new Error("no order");
  world.clock.pass(60 * MINUTE);
  const refundMug = async () => {
    const refund = { lines: [{ lineItemId: lineOf(order, "MUG"), quantity: 1 }] };
    await deliverAll(world, staffOf(world).refund(order, refund));
  };
  return { world, order, orderId, refundMug };
}

const isChange = ({ method, path }: { method: string; path: string }) =>
  path.endsWith("/Actions") && (method === "PUT" || method === "DELETE");

test("impact.com hangs up after accepting a change: sent again, it is not applied twice", async () => {
  const { world, orderId, refundMug } = await creditedMugs();
  world.impact.faults.hangUpAfterAccepting(2, isChange);
  await refundMug();
  await world.drain();
  expect(requestsTo(world, "PUT", "/Actions")).toHaveLength(3);
  expect(heldAt(world.impactState, orderId).amountMinor).toBe(3_600);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "adjusted" });
});

test("impact.com hangs up after accepting a reversal: the second one finds it done", async () => {
  const { world, order, orderId } = await creditedMugs();
  world.impact.faults.hangUpAfterAccepting(1, isChange);
  await deliverAll(world, staffOf(world).cancel(order, { reason: "customer", refund: true }));
  await world.drain();
  expect(submissionsOf(world.impactState, orderId).map(({ type }) => type)).toEqual([
    "Conversion",
    "Reversal",
    "Reversal",
  ]);
  expect(await standingOf(world, orderId)).toMatchObject({ state: "reported", reason: "reversed" });
});

test("an outage and a rate limit only delay a change", async () => {
  const { world, orderId, refundMug } = await creditedMugs();
  world.impact.faults.failNext(3, 503, isChange);
  world.impact.faults.rateLimitNext(1, isChange);
  await refundMug();
  await world.drain(MINUTE);
  expect(await standingOf(world, orderId)).toMatchObject({ state: "waiting", reason: "adjusting" });
  await world.drain();
  expect(heldAt(world.impactState, orderId).amountMinor).toBe(3_600);
});

test("another refund while the change waits goes out with it, as one", async () => {
  const { world, orderId, refundMug } = await creditedMugs();
  world.impact.faults.failNext(1, 503, isChange);
  await refundMug();
  await world.drain(0);
  await refundMug();
  await world.drain();
  expect(heldAt(world.impactState, orderId).amountMinor).toBe(1_800);
  expect(requestsTo(world, "PUT", "/Actions")).toHaveLength(2);
});

test("a refund after the locking is listed with the money at stake, which a second one raises", async () => {
  const { world, orderId, refundMug } = await creditedMugs();
  world.clock.pass(60 * DAY);
  await refundMug();
  await world.drain();
  const standing = await standingOf(world, orderId);
  expect(standing).toMatchObject({ state: "failed", reason: "locked" });
  expect(standing?.sentence).toContain("$18.00 too much: it holds $54.00, and $36.00 is earned");
  await refundMug();
  await world.drain();
  expect((await standingOf(world, orderId))?.sentence).toContain("$36.00 too much");
  const adjustments = await world.ports.store.adjustments.listForOrder(world.domain, orderId);
  expect(adjustments).toMatchObject([{ reason: "locked", fromMinor: 5_400, toMinor: 1_800 }]);
  expect(requestsTo(world, "PUT", "/Actions")).toHaveLength(1);
});

test("an action somebody reversed at impact.com is not touched again until the merchant says so", async () => {
  const { world, orderId, refundMug } = await creditedMugs();
  const [action] = actionsOf(world.impactState, orderId);
  if (!action) throw new Error("no action");
  action.reversed = true;
  await refundMug();
  await world.drain();
  const standing = await standingOf(world, orderId);
  expect(standing).toMatchObject({ state: "failed", reason: "not-adjusted" });
  expect(standing?.sentence).toMatch(/reversed at impact\.com, and not by this app.*\$36\.00/);
  const stake = async () => (await listProblems(world.ports, world.domain)).groups[0]?.stake;
  expect(await stake()).toEqual([{ minor: -3_600, currency: "USD" }]);
  await refundMug();
  await world.drain();
  expect(await stake()).toEqual([{ minor: -1_800, currency: "USD" }]);
  expect(requestsTo(world, "PUT", "/Actions")).toHaveLength(1);

  action.reversed = false;
  await retryOrder(world.ports, { shop: world.domain, orderId });
  await world.drain();
  expect(heldAt(world.impactState, orderId).amountMinor).toBe(1_800);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "adjusted" });
});

test("a change impact.com refuses is told in a sentence, and tried again by a later one", async () => {
  const { world, orderId, refundMug } = await creditedMugs();
  const [action] = actionsOf(world.impactState, orderId);
  if (!action) throw new Error("no action");
  action.modifications = 1_000;
  await refundMug();
  await world.drain();
  const standing = await standingOf(world, orderId);
  expect(standing).toMatchObject({ state: "failed", reason: "not-adjusted" });
  expect(standing?.sentence).toMatch(/takes no more changes.*Look the order up at impact\.com/);
  action.modifications = 0;
  await refundMug();
  await world.drain();
  expect(heldAt(world.impactState, orderId).amountMinor).toBe(1_800);
});

/** A mug and a kettle, the kettle sent back; impact.com forgets an item that has no units left. */
async function kettleSentBack({ hangsUp = false } = {}) {
  const world = await worldWithCodes();
  world.impactState.rules.emptiedItems = "gone";
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  const order = world.shop.orders.find(({ id }) => id === orderId);
  if (!order) throw new Error("no order");
  world.clock.pass(60 * MINUTE);
  if (hangsUp) world.impact.faults.hangUpAfterAccepting(1, isChange);
  const lines = [{ lineItemId: lineOf(order, "KETTLE"), quantity: 1 }];
  await deliverAll(world, staffOf(world).refund(order, { lines }));
  await world.drain();
  return { world, order, orderId };
}

test("an item that impact.com has no more once it was emptied is carried by another when it is earned again", async () => {
  const { world, order, orderId } = await kettleSentBack();
  expect(heldAt(world.impactState, orderId).amountMinor).toBe(1_800);
  const add = [{ variantId: variantOf(world.shop, "Kettle"), quantity: 1 }];
  await deliverAll(world, staffOf(world).edit(order, { add }));
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "adjusted" });
  expect(heldAt(world.impactState, orderId)).toMatchObject({
    // What an edit adds is at its full price.
    amountMinor: 1_800 + 4_900,
    items: [{ sku: "MUG", quantity: 2 }],
  });
  const changes = requestsTo(world, "PUT", "/Actions").length;
  const lines = [{ lineItemId: lineOf(order, "MUG"), quantity: 1 }];
  await deliverAll(world, staffOf(world).refund(order, { lines }));
  await world.drain();
  expect(heldAt(world.impactState, orderId).amountMinor).toBe(4_900);
  expect(requestsTo(world, "PUT", "/Actions")).toHaveLength(changes + 1);
});

test("a change sent twice that finds its emptied item gone already is applied", async () => {
  const { world, orderId } = await kettleSentBack({ hangsUp: true });
  expect(requestsTo(world, "PUT", "/Actions")).toHaveLength(2);
  expect(heldAt(world.impactState, orderId).amountMinor).toBe(1_800);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "adjusted" });
});

test("an item that somebody took off the action at impact.com is told as missing there", async () => {
  const { world, order, orderId } = await kettleSentBack();
  const [action] = actionsOf(world.impactState, orderId);
  if (!action) throw new Error("no action");
  for (const item of action.items) item.sku = "OTHER";
  const add = [{ variantId: variantOf(world.shop, "Mug"), quantity: 1 }];
  await deliverAll(world, staffOf(world).edit(order, { add }));
  await world.drain();
  const standing = await standingOf(world, orderId);
  expect(standing).toMatchObject({ state: "failed", reason: "not-adjusted" });
  expect(standing?.sentence).toMatch(/lacks an item that was reported/);
});

async function connect(world: World, accountSid: string, authToken: string) {
  const shop = world.domain;
  const connected = await connectImpact(world.ports, { shop, accountSid, authToken });
  if (!connected.ok) throw new Error(connected.problem.message);
}

/** The merchant tries another account of theirs. */
async function connectOther(world: World) {
  const other = { sid: "IRother", token: "other" };
  addAccount(world.impactState, { ...other, currency: "USD", companyName: "Other" });
  await connect(world, other.sid, other.token);
}

async function connectAgain(world: World) {
  await connect(world, CREDENTIALS.accountSid, CREDENTIALS.authToken);
  const program = { programId: PROGRAM_ID, eventTypeId: EVENT_TYPE_ID };
  await chooseProgram(world.ports, { shop: world.domain, ...program });
  await world.drain();
}

test("a change waits for the account that its order was reported through", async () => {
  const { world, orderId, refundMug } = await creditedMugs();
  await connectOther(world);
  await refundMug();
  await world.drain();
  const standing = await standingOf(world, orderId);
  expect(standing).toMatchObject({ state: "waiting", reason: "not-connected" });
  expect(standing?.sentence).toContain(CREDENTIALS.accountSid);
  await connectAgain(world);
  expect(heldAt(world.impactState, orderId).amountMinor).toBe(3_600);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "adjusted" });
});

test("a change that is taken back while it waits is never sent", async () => {
  const { world, order, orderId } = await creditedMugs();
  await connectOther(world);
  const add = [{ variantId: variantOf(world.shop, "Sample"), quantity: 2 }];
  await deliverAll(world, staffOf(world).edit(order, { add }));
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "not-connected" });
  const remove = [{ lineItemId: lineOf(order, null), quantity: 2 }];
  await deliverAll(world, staffOf(world).edit(order, { remove }));
  await world.drain();
  await connectAgain(world);
  expect(requestsTo(world, "PUT", "/Actions")).toEqual([]);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  const { adjustments } = world.ports.store;
  expect(await adjustments.listForOrder(world.domain, orderId)).toEqual([]);
});
