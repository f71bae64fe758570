import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { OrderId } from "#app/core/ids.ts";
import { beginToAdopt, readToAdopt } from "#test/core/given/adopting.ts";
import { CLICKED, clickOf, shareOrders, trackClicksOf } from "#test/core/given/shared-orders.ts";
import { codeOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { buyAndDeliver, deliver, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const DAY = 86_400_000;

async function notify(world: World, topic: string): Promise<void> {
  const body = JSON.stringify({ shop_domain: world.domain });
  await deliver(world, webhookFor(world, body, { topic, webhookId: randomUUID() }));
  await world.drain();
}

/** An hour after these orders the shop leaves and is erased; a week later it is back with its program. */
async function comeBackErased(world: World): Promise<void> {
  for (const { eventTypes } of world.account.programs) {
    for (const type of eventTypes) type.dedupeDays = 1;
  }
  world.clock.pass(3_600_000);
  world.uninstall();
  await notify(world, "app/uninstalled");
  world.clock.pass(2 * DAY);
  await notify(world, "shop/redact");
  world.clock.pass(5 * DAY);
  world.install();
  await setUpProgram(world);
}

/** Their partners have the codes since a month ago, so past orders are attributed. */
async function adoptAll(world: World): Promise<void> {
  const adoptionId = await readToAdopt(world, [...world.shop.discounts.values()]);
  await beginToAdopt(world, adoptionId, new Date(world.clock.now().getTime() - 30 * DAY));
  await world.drain();
}

/** Which of two parts goes first is left to chance. */
function actionsOf({ account }: World, orderId: OrderId) {
  return account.actions
    .filter((action) => action.orderId.startsWith(orderId))
    .map(
      ({ orderId: id, reversed }) =>
        `${id.replace(orderId, "order")}${reversed ? " reversed" : ""}`,
    )
    .toSorted();
}

test("an order that was reported before the shop was erased is not paid again when the shop is back", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await comeBackErased(world);
  await adoptAll(world);
  expect(actionsOf(world, orderId)).toEqual(["order"]);
  const standing = await standingOf(world, orderId);
  expect(standing).toMatchObject({ state: "failed", reason: "refused" });
  expect(standing?.sentence).toMatch(
    /already pays somebody for the whole order .* by this app before/,
  );
});

test("one that had been reported in parts is not paid again either", async () => {
  const world = await worldWithCodes();
  await trackClicksOf(world, "10002");
  clickOf(world, "10002");
  await shareOrders(world, [55, 45]);
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"], cartAttributes: CLICKED });
  expect(actionsOf(world, orderId)).toEqual(["order-click", "order-code"]);
  await comeBackErased(world);
  await adoptAll(world);
  expect(actionsOf(world, orderId)).toHaveLength(2);
});

test("one whose action was reversed, and one that nobody had reported, are reported", async () => {
  const world = await worldWithCodes();
  const reversed = await buyAndDeliver(world, { codes: ["ANNA10"] });
  for (const action of world.account.actions) action.reversed = true;
  const fresh = await buyAndDeliver(world, { codes: ["BEN10"] });
  world.account.actions = world.account.actions.filter(({ orderId }) => orderId !== fresh);
  await comeBackErased(world);
  await adoptAll(world);
  expect(actionsOf(world, reversed)).toEqual(["order", "order reversed"]);
  expect(actionsOf(world, fresh)).toEqual(["order"]);
  expect(await standingOf(world, fresh)).toMatchObject({ reason: "credited" });
});

test("while impact.com can't be asked, it waits", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await comeBackErased(world);
  world.impact.faults.failNext(1, 503, ({ path }) => path.endsWith("/Actions"));
  await adoptAll(world);
  expect(actionsOf(world, orderId)).toEqual(["order"]);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "refused" });
});

test("the other part of an order that this app has reported goes, though the program was chosen since", async () => {
  const world = await worldWithCodes();
  await trackClicksOf(world, "10002");
  clickOf(world, "10002");
  await shareOrders(world, [55, 45]);
  const unregistered = { impactState: "planned" };
  await world.prisma.code.updateMany({ where: { code: "ANNA10" }, data: unregistered });
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"], cartAttributes: CLICKED });
  expect(actionsOf(world, orderId)).toEqual(["order-click"]);
  world.clock.pass(3_600_000);
  await setUpProgram(world);
  const { id: codeId } = await codeOf(world, "ANNA10");
  await world.ports.store.queue.send("register-code", { shop: world.domain, codeId });
  await world.drain();
  expect(actionsOf(world, orderId)).toEqual(["order-click", "order-code"]);
});
