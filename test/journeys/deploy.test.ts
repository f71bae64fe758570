import { once } from "node:events";
import pg from "pg";
import { expect, test } from "vitest";
import { z } from "zod";
import { pages, type DemoMerchant } from "#test/sandbox/demo/demo-merchant.ts";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { setUpShop } from "#test/sandbox/demo/set-up-shop.ts";
import type { RunningApp } from "#test/sandbox/demo/start-app.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { placeOrder } from "#test/sandbox/shopify/orders/place-order.ts";
import { createProcesses } from "#test/support/running-processes.ts";

const reported = z.object({ state: z.literal("reported") });

function buyOne({ shop, shopifyState, webhooks }: DemoWorld): string {
  const variantId = shop.products[0]?.variants[0]?.id ?? "";
  const lines = [{ variantId, quantity: 1 }];
  const order = placeOrder(shopifyState, shop, { lines, codes: ["ANNA10"] });
  webhooks.send(shop, "orders/create", order.payload);
  return order.id;
}

/** Orders one after the other, until stopped; gives their ids. */
function streamOrders(world: DemoWorld) {
  const ids: string[] = [];
  const timer = setInterval(() => ids.push(buyOne(world)), 250);
  return {
    untilThereAre: async (count: number) => {
      await expect.poll(() => ids.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(count);
    },
    stop: (): string[] => {
      clearInterval(timer);
      return ids;
    },
  };
}

async function expectEachOnce(world: DemoWorld, merchant: DemoMerchant, ids: string[]) {
  await world.webhooks.idle();
  for (const id of ids) {
    await merchant.waitFor(pages.order(id), reported);
    expect(actionsOf(world.impactState, id), id).toHaveLength(1);
  }
}

async function exitOf({ child }: RunningApp): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
}

const DISCOUNT: Parameters<typeof setUpShop>[2] = {
  title: "Creators",
  percentage: "10",
  codes: [["10001", "ANNA10"]],
};

test("a deploy under load hands over: the old process drains, the new one takes up, every order is reported once", async () => {
  const { world, start, route } = await createProcesses();
  const old = await start({ env: { DRAIN_SECONDS: "10" } });
  route([old]);
  const { merchant } = await setUpShop(world, world.shop, DISCOUNT, () => undefined);
  expect((await fetch(`${old.url}/readyz`)).status).toBe(200);

  const stream = streamOrders(world);
  await stream.untilThereAre(6);
  const fresh = await start();
  old.child.kill("SIGTERM");
  // Probed, it goes on answering for a while, and says that it is leaving.
  await expect.poll(async () => (await fetch(`${old.url}/readyz`)).status).toBe(503);
  await stream.untilThereAre(18);
  route([fresh]);
  await stream.untilThereAre(24);
  const ids = stream.stop();
  expect(await exitOf(old)).toBe(0);

  await expectEachOnce(world, merchant, ids);
});

test("two web and two worker processes share one database, and one of each may leave at any time", async () => {
  const { world, start, route } = await createProcesses();
  // The first one makes the schema of the queue; the others find it.
  const webs = [await start({ args: ["--web-only"] }), await start({ args: ["--web-only"] })];
  const workers = await Promise.all([
    start({ args: ["--worker-only"] }),
    start({ args: ["--worker-only"] }),
  ]);
  route(webs);
  for (const { url } of workers) {
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await fetch(`${url}/app`)).status).toBe(404);
  }
  const { merchant } = await setUpShop(world, world.shop, DISCOUNT, () => undefined);

  const stream = streamOrders(world);
  await stream.untilThereAre(8);
  route(webs.slice(1));
  await Promise.all([webs[0]?.stop(), workers[0]?.stop()]);
  await stream.untilThereAre(16);
  const ids = stream.stop();

  await expectEachOnce(world, merchant, ids);
});

test("a job that does not end within DRAIN_SECONDS goes back to the queue, and the process still leaves", async () => {
  const { world, databaseUrl, start, route } = await createProcesses();
  const app = await start({ env: { DRAIN_SECONDS: "1" } });
  route([app]);
  await setUpShop(world, world.shop, DISCOUNT, () => undefined);
  const before = world.impact.requests.length;
  world.impact.faults.slow(30_000);
  buyOne(world);
  await expect
    .poll(() => world.impact.requests.slice(before).some(({ method }) => method === "POST"))
    .toBe(true);

  await app.stop();
  expect(app.child.exitCode).toBe(0);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ state: string }>(
    "SELECT state FROM pgboss.job WHERE name = 'send-conversion'",
  );
  await client.end();
  expect(rows).toEqual([{ state: "retry" }]);
});
