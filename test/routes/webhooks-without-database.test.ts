import pg from "pg";
import { expect, inject, test } from "vitest";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { callRoute, loadApp, webhookRequest } from "#test/support/app.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { buy, webhookFor } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

test("with the database down the webhook answers 5xx, and the redelivery completes the order", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  await makeDiscount(world, draftFor([["10001", "ANNA10"]]));
  await world.drain();
  await loadApp(world);
  const { action } = await import("#app/routes/webhooks.tsx");
  const order = buy(world, { codes: ["ANNA10"] });
  const webhook = webhookFor(world, order);

  await setConnections(world, false);
  // Remix turns a throw of an action into a 500; the demo's outage test sees that over HTTP.
  await expect(callRoute(action, webhookRequest(webhook))).rejects.toThrow();
  await setConnections(world, true);
  expect(await world.prisma.delivery.count()).toBe(0);

  const redelivered = await callRoute(action, webhookRequest(webhook));
  expect(redelivered.status).toBe(200);
  await world.drain();
  expect(whoWasPaid(world.impactState, order.id)).toMatchObject({ partnerId: "10001" });
});

/** Shuts the world's database to everybody and cuts who is in, or opens it again. */
async function setConnections(world: World, allowed: boolean): Promise<void> {
  const name = new URL(world.databaseUrl).pathname.slice(1);
  const client = new pg.Client({ connectionString: inject("databaseServer") });
  await client.connect();
  await client.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS ${allowed}`);
  if (!allowed) {
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
    );
  }
  await client.end();
}
