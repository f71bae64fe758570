import { expect, test } from "vitest";
import { readWebhook } from "#app/adapters/shopify/read-webhook.ts";
import { startDrawing } from "#app/core/batches/start-drawing.ts";
import { deleteDiscount, switchDiscount } from "#app/core/codes/end-discount.ts";
import type { PartnerId } from "#app/core/ids.ts";
import type { IncomingDelivery } from "#app/core/orders/delivery.ts";
import { receiveDeliveries } from "#app/core/orders/receive-delivery.ts";
import { BEN, startChanging } from "#test/core/given/change-batch.ts";
import { listDifferences } from "#test/core/given/check-codes-now.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

/** Shopify tells of what the app does as it does it: before the app has written down that it is done. */
async function worldThatTells() {
  const world = await worldWithCodes();
  world.clock.pass(120_000);
  const waiting: IncomingDelivery[] = [];
  let told = Promise.resolve();
  // Those that come together are stored together, as the route does it.
  const storeWaiting = () => receiveDeliveries(world.ports, waiting.splice(0));
  world.shopify.settings.announce = (_shop, { topic, payload }) => {
    const { headers, body } = webhookFor(world, { payload }, { topic });
    const delivery = readWebhook(new Headers(headers), new TextEncoder().encode(body));
    if (delivery && waiting.push(delivery) === 1) told = told.then(storeWaiting);
  };
  const { id: discountId } = await world.prisma.discount.findFirstOrThrow();
  return { world, discountId, allTold: () => told };
}

const looksOf = ({ shopify }: World) =>
  shopify.calls.filter(({ operationName }) => operationName === "NewestCodes").length;

test("a batch of ours has its discount looked at once, when it is done, however long it took", async () => {
  const { world, discountId, allTold } = await worldThatTells();
  const { ports, domain: shop, prisma, shopify } = world;
  // Its three minutes are told of as three deliveries, and each code by itself.
  shopify.settings.jobs.durationMs = 180_000;
  world.impactState.rules.requestsPerHour = 20;
  const form = { draftKey: "many", pattern: "{FIRST}-{RANDOM:8}", codesEach: "600" };
  const partnerIds = ["10001" as PartnerId];
  const answer = await startDrawing(ports, { shop, discountId, partnerIds, ...form });
  expect(answer?.ok).toBe(true);
  const ran: string[] = [];
  for (let minutes = 0; minutes < 20; minutes += 1) {
    ran.push(...(await world.drain(60_000)));
    // Registrations that wait for their hour have no part in this.
    await allTold();
    world.clock.pass(60_000);
  }
  expect(world.shop.codes.size).toBe(602);
  expect(ran).not.toContain("reconcile-codes");
  expect(looksOf(world)).toBe(1);
  expect(await listDifferences(world)).toEqual([]);
  const topic = "discounts/redeemcode_added";
  const deliveries = await prisma.delivery.findMany({ where: { topic } });
  expect(deliveries.length).toBeLessThan(4);
  expect(deliveries.map(({ state }) => state)).not.toContain("received");
  expect(deliveries.reduce((sum, { repeats }) => sum + repeats + 1, 0)).toBe(600);
});

test("a discount that is deactivated, activated or deleted here stands as it was when Shopify tells of it", async () => {
  const { world, discountId, allTold } = await worldThatTells();
  const { ports, domain: shop, prisma } = world;
  for (const to of ["inactive", "active"] as const) {
    expect(await switchDiscount(ports, { shop, discountId, to })).toEqual({ ok: true });
    const before = await prisma.discount.findFirstOrThrow();
    await allTold();
    expect((await world.drain(60_000))[0]).toBe("look-at-discount");
    expect(await prisma.discount.findFirstOrThrow()).toEqual(before);
    world.clock.pass(60_000);
  }
  expect(await listDifferences(world)).toEqual([]);
  expect(await deleteDiscount(ports, { shop, discountId })).toMatchObject({ ok: true });
  await allTold();
  // As the queue may do it: the look comes before the batch has taken in any code.
  await prisma.$executeRaw`
    UPDATE pgboss.job SET start_after = now() - interval '1 hour', created_on = now() - interval '1 hour'
    WHERE name = 'look-at-discount'`;
  const ran = await world.drain();
  expect(ran[0]).toBe("look-at-discount");
  await allTold();
  expect([...ran, ...(await world.drain())]).not.toContain("reconcile-codes");
  expect(await listDifferences(world)).toEqual([]);
});

test("codes that are retired, rotated or handed over here are no difference when Shopify tells of it", async () => {
  const { world, allTold } = await worldThatTells();
  await startChanging(world, ["ANNA10"], { kind: "rotate" });
  await startChanging(world, ["BEN10"], { kind: "retire" });
  for (let rounds = 0; rounds < 5; rounds += 1) {
    await world.drain();
    await allTold();
    world.clock.pass(120_000);
  }
  const [code] = await world.prisma.code.findMany({ where: { shopifyState: "live" } });
  expect([...world.shop.codes.keys()]).toEqual([code?.code]);
  await startChanging(world, [code?.code ?? ""], { kind: "reassign", partnerId: BEN });
  await world.drain();
  await allTold();
  await world.drain();
  expect(await listDifferences(world)).toEqual([]);
});
