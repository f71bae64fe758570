import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ensureShop } from "#app/core/shops/ensure-shop.ts";
import { fillEmptyTables } from "#test/core/given/fill-empty-tables.ts";
import { rowsOfShop } from "#test/core/given/rows-of-shop.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { storeSession } from "#test/core/given/store-session.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import {
  buy,
  buyAndDeliver,
  deliver,
  orderIdOf,
  webhookFor,
  type WebhookRequest,
} from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

/** Delivers a webhook that is no order's and runs what follows, or only what is due at once. */
async function notify(world: World, topic: string): Promise<void> {
  const body = JSON.stringify({ shop_domain: world.domain });
  await deliver(world, webhookFor(world, body, { topic, webhookId: randomUUID() }));
  await world.drain();
}

async function uninstall(world: World): Promise<void> {
  world.uninstall();
  await notify(world, "app/uninstalled");
}

/** The tables that hold a row of the shop. */
async function tablesWith(world: World): Promise<string[]> {
  const rows = await rowsOfShop(world, world.domain);
  return Object.keys(rows).filter((table) => rows[table] !== 0);
}

function shopRow({ prisma, domain }: World) {
  return prisma.shop.findUniqueOrThrow({ where: { domain } });
}

test("an uninstalled shop has no token left, is not asked for anything more, and keeps its history", async () => {
  const world = await worldWithCodes();
  await storeSession(world);
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await uninstall(world);

  const rows = await rowsOfShop(world, world.domain);
  expect(rows).toMatchObject({ Session: 0, ImpactAccount: 0, Program: 0, Order: 1, Code: 2 });
  expect(await world.ports.store.shops.find(world.domain)).toBeNull();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });

  const asked = world.impact.requests.length;
  const late = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, late));
  await world.drain();
  expect(world.impact.requests).toHaveLength(asked);
  expect(await standingOf(world, orderIdOf(late))).toMatchObject({ reason: "not-connected" });
});

test("a shop that comes back finds its history and goes on", async () => {
  const world = await worldWithCodes();
  const { installedAt } = await shopRow(world);
  await uninstall(world);
  world.clock.pass(60_000);
  world.install();
  expect(await ensureShop(world.ports, world.domain)).toMatchObject({
    ok: true,
    value: {
      name: "Tea House",
      currency: "USD",
      timeZone: "America/New_York",
      host: "tea-house.myshopify.com",
    },
  });
  expect((await shopRow(world)).installedAt.getTime()).toBeGreaterThan(installedAt.getTime());
  await setUpProgram(world);
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
});

test("a shop that comes back has its orders and codes, and what was under way goes on", async () => {
  const world = await worldWithCodes();
  const before = await buyAndDeliver(world, { codes: ["ANNA10"] });
  world.impact.faults.failNext(1, 503, ({ path }) => path.endsWith("/Conversions"));
  const order = buy(world, { codes: ["BEN10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(0);
  await uninstall(world);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "not-connected" });
  world.install();
  await setUpProgram(world);
  await world.drain();
  expect(await rowsOfShop(world, world.domain)).toMatchObject({ Order: 2, Code: 2 });
  expect(await standingOf(world, before)).toMatchObject({ reason: "credited" });
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
});

test("a shop that comes back after its data was erased begins anew", async () => {
  const world = await worldWithCodes();
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  await uninstall(world);
  await notify(world, "shop/redact");
  world.install();
  await setUpProgram(world);
  const rows = await rowsOfShop(world, world.domain);
  expect(rows).toMatchObject({ Code: 0, Conversion: 0, Submission: 0, Shop: 1 });
});

test("a shop is asked about once, not at every visit", async () => {
  const world = await worldWithCodes();
  const calls = world.shopify.calls.length;
  await ensureShop(world.ports, world.domain);
  expect(world.shopify.calls).toHaveLength(calls);
});

test("while Shopify is down a new shop is told so and nothing is kept", async () => {
  const world = await worldWithCodes();
  await uninstall(world);
  world.install();
  world.shopify.faults.failNext(1, 503);
  expect(await ensureShop(world.ports, world.domain)).toMatchObject({
    ok: false,
    problem: { kind: "unavailable", retry: "later" },
  });
  expect(await world.ports.store.shops.find(world.domain)).toBeNull();
});

test("a redacted shop has no row left in any table, and the other shop keeps every one", async () => {
  const world = await worldWithCodes();
  await storeSession(world);
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, "no JSON"));
  const other = await withSecondShop(world);
  await storeSession(other);
  for (const { domain } of [world, other]) await fillEmptyTables(world, domain);
  const before = await rowsOfShop(world, other.domain);
  const mine = await rowsOfShop(world, world.domain);
  // A table that this test fills with nothing would be proved empty by accident.
  expect(Object.keys(mine).filter((table) => mine[table] === 0)).toEqual([]);

  await uninstall(world);
  await notify(world, "shop/redact");
  expect(await tablesWith(world)).toEqual(["ComplianceRecord"]);
  expect(await rowsOfShop(world, other.domain)).toEqual(before);
  const records = await world.prisma.complianceRecord.findMany({ where: { shop: world.domain } });
  expect(records.map(({ orderIds }) => orderIds)).toEqual(records.map(() => []));
});

test("jobs that were waiting when a shop was erased are erased with it, and no other shop's", async () => {
  const world = await worldWithCodes();
  const other = await withSecondShop(world);
  world.impact.faults.failNext(1, 503, ({ path }) => path.endsWith("/Conversions"));
  const order = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, order));
  await world.drain(0);
  await other.ports.store.queue.send("sync-partners", { shop: other.domain });
  await world.prisma.$executeRaw`
    INSERT INTO pgboss.job (name, data, state) VALUES
    ('process-order', ${JSON.stringify({ shop: world.domain, orderId: "1" })}::jsonb, 'completed')`;
  expect(await jobsOf(world, world.domain)).toBeGreaterThan(1);
  await world.ports.store.shops.erase(world.domain, { but: randomUUID() });
  expect(await jobsOf(world, world.domain)).toBe(0);
  expect(await jobsOf(world, other.domain)).toBe(1);
  await world.drain();
  expect(await tablesWith(world)).toEqual([]);
});

test.each(["app/uninstalled", "shop/redact"])(
  "%s that comes after the merchant has installed the app again changes nothing",
  async (topic) => {
    const world = await worldWithCodes();
    await storeSession(world);
    const before = await rowsOfShop(world, world.domain);
    await notify(world, topic);
    expect(await rowsOfShop(world, world.domain)).toEqual({
      ...before,
      Delivery: (before["Delivery"] ?? 0) + 1,
      ComplianceRecord: topic === "shop/redact" ? 1 : 0,
    });
    expect(await shopRow(world)).toMatchObject({ uninstalledAt: null });
    expect(await world.prisma.delivery.findFirst({ where: { topic } })).toMatchObject({
      state: "processed",
    });
  },
);

/** What the merchant's page proves: Shopify's App Bridge gave it a session token at that time. */
async function openApp(world: World, tokenIssuedAt = world.clock.now()): Promise<void> {
  await ensureShop(world.ports, world.domain, { tokenIssuedAt });
}

/** The notice of now, told later; the stored token is refused from now on, reinstalled or not. */
function uninstallNotice(world: World): WebhookRequest {
  world.uninstall();
  return webhookFor(world, "{}", { topic: "app/uninstalled", webhookId: randomUUID() });
}

test.each(["app/uninstalled", "shop/redact"])(
  "%s from before the app was last opened changes nothing, even while the old token is refused",
  async (topic) => {
    const world = await worldWithCodes();
    await storeSession(world);
    const before = await rowsOfShop(world, world.domain);
    world.uninstall();
    const late = webhookFor(world, "{}", { topic });
    world.clock.pass(60_000);
    await openApp(world);
    await deliver(world, late);
    await world.drain();
    const kept = { ...before, Delivery: expect.any(Number), ComplianceRecord: expect.any(Number) };
    expect(await rowsOfShop(world, world.domain)).toEqual(kept);
    expect(await world.ports.store.connections.find(world.domain)).not.toBeNull();
  },
);

test("an uninstall right after a page was opened is believed, and when it is told again, too", async () => {
  const world = await worldWithCodes();
  await openApp(world);
  world.clock.pass(1_000);
  const notice = uninstallNotice(world);
  world.clock.pass(3_600_000);
  for (const headers of [notice.headers, { ...notice.headers, "x-shopify-webhook-id": "again" }]) {
    await deliver(world, { ...notice, headers });
    await world.drain();
    expect(await rowsOfShop(world, world.domain)).toMatchObject({ ImpactAccount: 0, Program: 0 });
    expect(await world.ports.store.shops.find(world.domain)).toBeNull();
  }
});

test("a session token that is newer by less than Shopify's clocks may differ proves nothing", async () => {
  const world = await worldWithCodes();
  const notice = uninstallNotice(world);
  world.clock.pass(5_000);
  await openApp(world);
  await deliver(world, notice);
  await world.drain();
  expect(await world.ports.store.shops.find(world.domain)).toBeNull();
});

test("a second uninstall is believed after the notice of the first was ignored", async () => {
  const world = await worldWithCodes();
  const first = uninstallNotice(world);
  world.clock.pass(60_000);
  await openApp(world);
  await deliver(world, first);
  world.clock.pass(60_000);
  await uninstall(world);
  expect(await world.ports.store.shops.find(world.domain)).toBeNull();
});

test("when a shop was last opened is written at most once in ten seconds, and never goes back", async () => {
  const world = await worldWithCodes();
  const openedAt = async () => (await shopRow(world)).openedAt?.getTime();
  const first = world.clock.now();
  await openApp(world, first);
  for (const ms of [9_000, -60_000]) await openApp(world, new Date(first.getTime() + ms));
  expect(await openedAt()).toBe(first.getTime());
  await openApp(world, new Date(first.getTime() + 10_000));
  expect(await openedAt()).toBe(first.getTime() + 10_000);
});

test("a redaction whose uninstall notice was lost erases the shop all the same", async () => {
  const world = await worldWithCodes();
  world.uninstall();
  await notify(world, "shop/redact");
  expect(await tablesWith(world)).toEqual(["ComplianceRecord"]);
});

test("while Shopify is down an uninstall waits, and after an hour it is believed", async () => {
  const world = await worldWithCodes();
  const body = webhookFor(world, "{}", { topic: "app/uninstalled" });
  await deliver(world, body);
  const receivedAt = world.clock.now().getTime();
  world.shopify.faults.failNext(1_000, 503);
  await world.drain(0);
  expect(await shopRow(world)).toMatchObject({ uninstalledAt: null });
  expect(await world.drain()).toContain("uninstall-shop");
  const { uninstalledAt } = await shopRow(world);
  expect(uninstalledAt?.getTime()).toBeGreaterThanOrEqual(receivedAt + 3_600_000);
});

test("a repeated uninstall finds nothing left to do", async () => {
  const world = await worldWithCodes();
  await uninstall(world);
  await notify(world, "app/uninstalled");
  expect(await rowsOfShop(world, world.domain)).toMatchObject({ ImpactAccount: 0, Code: 2 });
});

async function jobsOf({ prisma }: World, shop: string): Promise<number> {
  const [row] = await prisma.$queryRaw<{ jobs: number }[]>`
    SELECT count(*)::int AS jobs FROM pgboss.job WHERE data->>'shop' = ${shop}`;
  return row?.jobs ?? 0;
}
