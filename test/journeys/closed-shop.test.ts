import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { beginBackfill } from "#app/core/ledger/begin-run.ts";
import { planReconciliations } from "#app/core/ledger/plan-reconciliations.ts";
import { fetchOrder } from "#app/core/orders/fetch-order.ts";
import { countProblems, listProblems } from "#app/core/orders/list-problems.ts";
import { requestsTo, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CLOSED = /frozen, locked or closed/;

const WAYS = [402, 403, 423, "SHOP_INACTIVE"] as const;

async function runOf({ ports, domain }: World, kind: "backfill" | "orders") {
  const [run] = await ports.store.reconciliations.list(domain, { kind, limit: 1 });
  return run;
}

test.each(WAYS)("a shop that is closed (%s) is told so, with what to do", async (closedAs) => {
  const world = await worldWithCodes();
  world.shop.closedAs = closedAs;
  expect(await world.ports.shopify.shopDetails(world.domain)).toMatchObject({
    ok: false,
    problem: {
      ...{ kind: "shop-closed", retry: "later" },
      message: expect.stringMatching(CLOSED) as string,
    },
  });
});

test.each(WAYS)(
  "an order that is asked for while the shop is closed (%s) waits, and comes in after it reopened",
  async (closedAs) => {
    const world = await worldWithCodes();
    const orderId = orderIdOf(buy(world, { codes: ["ANNA10"] }));
    world.shop.closedAs = closedAs;
    await fetchOrder(world.ports, { shop: world.domain, orderId });
    await world.drain(DAY_MS);
    expect(await standingOf(world, orderId)).toBeNull();
    world.shop.closedAs = null;
    await world.drain(2 * HOUR_MS);
    expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  },
);

test("an order of a shop closed for weeks is seen after seven days, and comes in by itself after it reopened", async () => {
  const world = await worldWithCodes();
  const orderId = orderIdOf(buy(world, { codes: ["ANNA10"] }));
  world.shop.closedAs = 402;
  await fetchOrder(world.ports, { shop: world.domain, orderId });
  await world.drain(8 * DAY_MS);
  expect(await standingOf(world, orderId)).toMatchObject({
    ...{ state: "failed", reason: "unreadable" },
    sentence: expect.stringMatching(CLOSED) as string,
  });
  world.shop.closedAs = null;
  await world.drain(2 * HOUR_MS);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
});

test.each(WAYS)(
  "a back-fill and a run wait while the shop is closed (%s), however long, and go on after it reopened",
  async (closedAs) => {
    const world = await worldWithCodes();
    const { ports, domain, prisma } = world;
    await prisma.reconciliation.deleteMany();
    const orderId = orderIdOf(buy(world, { codes: ["ANNA10"] }));
    world.clock.pass(HOUR_MS);
    world.shop.closedAs = closedAs;
    await ports.store.inTransaction((tx) => beginBackfill(tx, domain, world.clock.now()));
    await planReconciliations(ports);
    await world.drain(3 * DAY_MS);
    for (const kind of ["backfill", "orders"] as const) {
      const waits = { state: "running", problem: expect.stringMatching(CLOSED) as string };
      expect(await runOf(world, kind)).toMatchObject(waits);
    }
    world.shop.closedAs = null;
    await world.drain(2 * HOUR_MS);
    expect(await runOf(world, "backfill")).toMatchObject({ state: "finished", found: 1 });
    expect(await runOf(world, "orders")).toMatchObject({ state: "finished" });
    expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  },
);

test.each(WAYS)(
  "a conversion of a closed shop (%s) waits for its details, stands on Problems after three days, and goes out with them",
  async (closedAs) => {
    const world = await worldWithCodes();
    const { ports, domain } = world;
    const order = buy(world, { codes: ["ANNA10"] });
    const orderId = orderIdOf(order);
    world.shop.closedAs = closedAs;
    await deliver(world, webhookFor(world, order));
    await world.drain(2.5 * DAY_MS);
    expect(requestsTo(world, "POST", "/Conversions")).toHaveLength(0);
    expect(await standingOf(world, orderId)).toMatchObject({ reason: "trying-again" });
    expect(await countProblems(ports, domain)).toBe(0);
    await world.drain(DAY_MS);
    expect(await countProblems(ports, domain)).toBe(1);
    const { groups } = await listProblems(ports, domain);
    expect(groups).toMatchObject([
      {
        nextStep: expect.stringMatching(/pay what is due or reopen/) as string,
        newest: [{ orderId, problem: expect.stringMatching(CLOSED) as string }],
      },
    ]);
    world.shop.closedAs = null;
    await world.drain(2 * HOUR_MS);
    const [sent] = requestsTo(world, "POST", "/Conversions");
    expect(sent?.form.get("CustomerStatus")).toBe("NEW");
    expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
    expect(await countProblems(ports, domain)).toBe(0);
  },
);

test.each(WAYS)(
  "a closed shop (%s) is not taken for one that has left, until its notice has waited for an hour",
  async (closedAs) => {
    const world = await worldWithCodes();
    const { ports, domain: shop } = world;
    world.shop.closedAs = closedAs;
    const order = buy(world);
    await deliver(world, webhookFor(world, order, { topic: "app/uninstalled" }));
    await world.drain(HOUR_MS / 2);
    expect(await ports.store.shops.find(shop)).not.toBeNull();
    world.shop.closedAs = null;
    await world.drain();
    expect(await ports.store.shops.find(shop)).not.toBeNull();
    world.shop.closedAs = closedAs;
    await deliver(
      world,
      webhookFor(world, order, { topic: "app/uninstalled", webhookId: randomUUID() }),
    );
    await world.drain(2 * HOUR_MS);
    expect(await ports.store.shops.find(shop)).toBeNull();
  },
);
