import { SessionNotFoundError } from "@shopify/shopify-app-remix/server";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import type { FailureLog } from "#app/adapters/failure-log.ts";
import { createAdminClient, type AdminGraphql } from "#app/adapters/shopify/admin-client.ts";
import { adminOf } from "#test/support/admin-of.ts";
import { buy, orderIdOf } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";
import { createTestClock } from "#test/support/test-clock.ts";

async function askShop({ ports, domain }: World) {
  return ports.shopify.shopDetails(domain);
}

test("an answer is given as it was", async () => {
  const world = await createWorld();
  expect(await askShop(world)).toEqual({
    ok: true,
    value: {
      name: "Tea House",
      currency: "USD",
      timeZone: "America/New_York",
      host: "tea-house.myshopify.com",
    },
  });
});

test.each([200, 429] as const)("short throttling with %i is waited out", async (status) => {
  const world = await createWorld();
  world.shopify.settings.throttleStatus = status;
  world.shopify.faults.throttleNext(2);
  expect(await askShop(world)).toMatchObject({ ok: true });
  expect(world.shopify.calls).toHaveLength(3);
});

test("an empty bucket is waited for as long as Shopify's numbers say", async () => {
  const world = await createWorld();
  await askShop(world);
  const { bucket } = world.shop.installation ?? {};
  if (!bucket) throw new Error("not installed");
  const before = world.clock.now().getTime();
  Object.assign(bucket, { available: -299, filledAt: world.clock.now() });
  expect(await askShop(world)).toMatchObject({ ok: true });
  // 301 points are missing for a document of 2, and 100 come back each second.
  expect(world.clock.now().getTime() - before).toBe(3_010);
});

test("throttling that doesn't end is the job's to come back for", async () => {
  const world = await createWorld();
  world.shopify.faults.throttleNext(99);
  expect(await askShop(world)).toMatchObject({
    ok: false,
    problem: { kind: "throttled", retry: "later", retryAt: expect.any(Date) as Date },
  });
  expect(world.shopify.calls).toHaveLength(5);
});

test("a missing scope is access denied, with what to do", async () => {
  const world = await createWorld();
  world.shopifyState.scopes = ["read_orders"];
  const found = await world.ports.shopify.findDiscountByCode(
    world.domain,
    "ANNA10" as Parameters<typeof world.ports.shopify.findDiscountByCode>[1],
  );
  expect(found).toMatchObject({
    ok: false,
    problem: {
      kind: "access-denied",
      retry: "later",
      message: expect.stringMatching(/Open the app/) as string,
    },
  });
});

test("of an answer with errors only these come into the cause, whatever data stands beside them", async () => {
  const world = await createWorld();
  const cartAttributes = { recipient: "Kim Customer", phone: "+81 90 1234 5678" };
  const order = buy(world, { cartAttributes });
  world.shopify.settings.deniedFields = ["Order.cancelReason"];
  const read = await world.ports.shopify.readOrder(world.domain, orderIdOf(order));
  const message =
    "Access denied for cancelReason field. Required access: approval for protected customer data";
  const cause = JSON.stringify([{ message, code: "ACCESS_DENIED", path: "order.cancelReason" }]);
  expect(read).toMatchObject({ ok: false, problem: { kind: "access-denied", cause } });
});

test.each([
  [500, "unavailable"],
  [503, "unavailable"],
  [401, "access-denied"],
  [403, "access-denied"],
  [404, "not-found"],
])("HTTP %i is %s", async (status, kind) => {
  const world = await createWorld();
  world.shopify.faults.failNext(2, status);
  expect(await askShop(world)).toMatchObject({ ok: false, problem: { kind } });
});

test("a hang-up is an outage that is worth another try", async () => {
  const world = await createWorld();
  world.shopify.faults.hangUpNext(2);
  expect(await askShop(world)).toMatchObject({
    ok: false,
    problem: { kind: "unavailable", retry: "later" },
  });
});

function ask(adminFor: () => Promise<AdminGraphql>, warn = vi.fn<FailureLog["warn"]>()) {
  const clock = createTestClock();
  const sleep = async (ms: number) => clock.pass(ms);
  const client = createAdminClient({ adminFor, clock, sleep, log: { warn } });
  const shop = "tea-house.myshopify.com" as World["domain"];
  return client.request(
    shop,
    "query ShopName { shop { name } }",
    {},
    z.object({ shop: z.object({ name: z.string() }) }),
  );
}

test("a refused token refresh, which the library throws as a Response, is access denied", async () => {
  const refused = await ask(async () => {
    throw new Response(null, { status: 401 });
  });
  expect(refused).toMatchObject({ ok: false, problem: { kind: "access-denied" } });
});

test("an answer of another shape is an outage with its cause for the log", async () => {
  const odd = await ask(async () => ({
    graphql: async () => ({ json: async () => ({ data: {} }) }),
  }));
  expect(odd).toMatchObject({
    ok: false,
    problem: { kind: "unavailable", cause: expect.stringMatching(/unexpected answer/) as string },
  });
});

test("a shop of which no token is kept is access denied", async () => {
  const nobody = await ask(async () => {
    throw new SessionNotFoundError("Could not find a session");
  });
  expect(nobody).toMatchObject({ ok: false, problem: { kind: "access-denied" } });
});

test("a failure is logged with its shop, operation and cause", async () => {
  const warn = vi.fn();
  await ask(async () => {
    throw new Response(null, { status: 401 });
  }, warn);
  const fields = { operation: "ShopName", kind: "access-denied", cause: "HTTP 401" };
  expect(warn.mock.calls).toEqual([
    [{ shop: "tea-house.myshopify.com", ...fields }, "Shopify request failed"],
  ]);
});

test("a page's count does not wait for a throttled Shopify", async () => {
  const world = await createWorld();
  world.shopify.faults.throttleNext(1);
  const period = { from: new Date(0), to: world.clock.now() };
  const { shopify } = world.ports;
  const hurried = await shopify.countOrders(world.domain, period, { isHurried: true });
  expect(hurried).toMatchObject({ ok: false, problem: { kind: "throttled" } });
  expect(world.shopify.calls).toHaveLength(1);
});

test("a page's count does not wait for a Shopify that never answers", async () => {
  const hangs: AdminGraphql = { graphql: () => new Promise(() => undefined) };
  const client = createAdminClient({
    adminFor: () => Promise.resolve(hangs),
    clock: createTestClock(),
    sleep: async () => undefined,
    log: { warn: () => undefined },
  });
  const shop = "tea.myshopify.com" as World["domain"];
  const asked = client.request(shop, "query Any { x }", {}, z.object({}), { isHurried: true });
  expect(await asked).toMatchObject({ ok: false, problem: { kind: "unavailable" } });
});

test("a call that Shopify never answers is let go of after a while, and is worth another try", async () => {
  const world = await createWorld();
  const admin = await adminOf(world.shopifyState, world.clock)(world.domain);
  const signals: (AbortSignal | undefined)[] = [];
  const watched: AdminGraphql = {
    graphql(document, options) {
      signals.push(options.signal);
      return admin.graphql(document, options);
    },
  };
  world.shopify.faults.slow(3_600_000);
  const client = createAdminClient({
    adminFor: async () => watched,
    clock: world.clock,
    sleep: async () => undefined,
    log: { warn: () => undefined },
    longestMs: 50,
  });
  const asked = await client.request(world.domain, "query Any { shop { name } }", {}, z.object({}));
  expect(asked).toMatchObject({
    ok: false,
    problem: { kind: "unavailable", retry: "later", cause: "no answer within 50 ms" },
  });
  // Its connection is given back, too.
  expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
});
