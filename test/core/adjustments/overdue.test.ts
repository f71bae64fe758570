import { expect, test } from "vitest";
import { planReconciliations } from "#app/core/ledger/plan-reconciliations.ts";
import type { Stores } from "#app/core/ports/store.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, staffOf } from "#test/support/shopify-staff.ts";
import type { World } from "#test/support/world.ts";

const DAY = 86_400_000;

/** A cancelled order that was credited through an account that is gone. */
async function orderOfLostAccount() {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  await world.ports.store.connections.remove(world.domain);
  await deliverAll(world, staffOf(world).cancel(order, { reason: "customer", refund: true }));
  return { world, orderId: orderIdOf(order) };
}

test("a change whose account never came back ends with the money at stake, and not before", async () => {
  const { world, orderId } = await orderOfLostAccount();
  await world.drain();
  world.clock.pass(84 * DAY);
  await planReconciliations(world.ports);
  await world.drain(0);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "not-connected" });

  world.clock.pass(2 * DAY);
  await planReconciliations(world.ports);
  await world.drain(0);
  const standing = await standingOf(world, orderId);
  expect(standing).toMatchObject({ state: "failed", reason: "not-adjusted" });
  expect(standing?.sentence).toMatch(/\$62\.10 too much/);
});

/** What a transaction locks and holds, in its order. */
function locksOf({ ports }: World): string[] {
  const taken: string[] = [];
  const { store } = ports;
  const note = (tx: Stores): Stores => ({
    ...tx,
    orders: { ...tx.orders, lock: (...of) => (taken.push("order"), tx.orders.lock(...of)) },
    connections: {
      ...tx.connections,
      hold: (...of) => (taken.push("connection"), tx.connections.hold(...of)),
    },
  });
  const { inTransaction } = store;
  ports.store = { ...store, inTransaction: (work) => inTransaction((tx) => work(note(tx))) };
  return taken;
}

test("a change that waits for its account locks its order before it holds the connection", async () => {
  const { world } = await orderOfLostAccount();
  const taken = locksOf(world);
  await world.drain();
  expect(taken.slice(-2)).toEqual(["order", "connection"]);
});
