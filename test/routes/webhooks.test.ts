import { expect, test } from "vitest";
import { callRoute, loadApp, webhookRequest } from "#test/support/app.ts";
import { buy, webhookFor } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

/** The deliveries that the queued jobs will work on, job by job. */
async function queuedDeliveries({ prisma }: World): Promise<string[][]> {
  const jobs = await prisma.$queryRaw<{ data: { deliveryIds: string[] } }[]>`
    SELECT data FROM pgboss.job WHERE name = 'process-delivery'`;
  return jobs.map(({ data }) => data.deliveryIds);
}

test("the webhook route: what it takes in, what it refuses, and what it answers", async () => {
  const world = await createWorld();
  const { prisma, services } = await loadApp(world);
  const { action } = await import("#app/routes/webhooks.tsx");
  const post = (request: Request) => callRoute(action, request);
  const order = buy(world);
  const webhook = webhookFor(world, order);

  const unsigned = { ...webhook.headers };
  delete unsigned["x-shopify-hmac-sha256"];
  expect((await post(webhookRequest({ ...webhook, headers: unsigned }))).status).toBe(401);
  const forged = { ...webhook, body: webhook.body.replace(/"name":"[^"]*"/, '"name":"#9"') };
  expect((await post(webhookRequest(forged))).status).toBe(401);
  expect(await prisma.delivery.count()).toBe(0);

  // Apart: each has been committed before the next one comes.
  expect((await post(webhookRequest(webhook))).status).toBe(200);
  expect((await post(webhookRequest(webhook))).status).toBe(200);
  const apart = await prisma.delivery.findMany();
  expect(apart).toMatchObject([{ repeats: 1, state: "received" }]);
  expect(await queuedDeliveries(world)).toEqual([[apart[0]?.id]]);

  // In one batch: what comes together shares a commit.
  const batched = webhookFor(world, buy(world));
  const together = [batched, batched, webhook, batched].map((each) => post(webhookRequest(each)));
  expect((await Promise.all(together)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const stored = await prisma.delivery.findMany({ orderBy: { receivedAt: "asc" } });
  expect(stored.map(({ repeats }) => repeats).sort()).toEqual([2, 2]);
  const queued = (await queuedDeliveries(world)).flat();
  expect(queued.sort()).toEqual(stored.map(({ id }) => id).sort());

  const noJson = webhookFor(world, "Kim Example, 1 Main Street");
  expect((await post(webhookRequest(noJson))).status).toBe(200);
  const noId = webhookFor(world, JSON.stringify({ email: "kim@example.com", line_items: [] }));
  expect((await post(webhookRequest(noId))).status).toBe(200);
  const { lostDeliveries } = await services.listOrders({ shop: world.domain });
  expect(lostDeliveries.map(({ problem }) => problem)).toEqual(
    expect.arrayContaining([
      "Shopify's delivery can't be read: its body is no JSON.",
      expect.stringMatching(/^Shopify's delivery holds no order that can be read: .*\bid\b/),
    ]),
  );
  const kept = JSON.stringify(await prisma.delivery.findMany({ where: { state: "failed" } }));
  expect(kept).not.toMatch(/kim|Main Street/i);
});
