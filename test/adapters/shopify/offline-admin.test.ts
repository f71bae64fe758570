import "@shopify/shopify-app-remix/adapters/node";
import {
  ApiVersion,
  HttpResponseError,
  RequestedTokenType,
  shopifyApi,
  Session,
} from "@shopify/shopify-api";
import { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";
import { expect, onTestFinished, test } from "vitest";
import { encryptSessions } from "#app/adapters/postgres/encrypted-session-storage.ts";
import { createPrismaClient } from "#app/adapters/postgres/prisma-client.ts";
import { createSecretBox } from "#app/adapters/postgres/secret-box.ts";
import { createTurns } from "#app/adapters/postgres/turns.ts";
import { createAdminClient } from "#app/adapters/shopify/admin-client.ts";
import { createOfflineAdmin } from "#app/adapters/shopify/offline-admin.ts";
import { createShopify } from "#app/adapters/shopify/shopify.ts";
import { ensureShop } from "#app/core/shops/ensure-shop.ts";
import { uninstallShop } from "#app/core/shops/leave-shop.ts";
import { signSessionToken } from "#test/sandbox/shopify/admin/sign-session-token.ts";
import { deliver, webhookFor } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

const IN_A_MINUTE = () => new Date(Date.now() + 60_000);

/** The shop after a sign-in, with what each process needs to speak for it without the merchant. */
async function signedIn() {
  const world = await createWorld({ startsAt: new Date() });
  const library = shopifyApi({
    apiKey: world.shopifyState.apiKey,
    apiSecretKey: world.shopifyState.apiSecret,
    apiVersion: ApiVersion.July26,
    hostName: "app.example.com",
    isEmbeddedApp: true,
    logger: { level: 0 },
  });
  let renewals = 0;
  const refreshToken: typeof library.auth.refreshToken = (request) => {
    renewals += 1;
    return library.auth.refreshToken(request);
  };
  const api = { ...library, auth: { ...library.auth, refreshToken } };
  const sessions = encryptSessions(
    new PrismaSessionStorage(world.prisma),
    createSecretBox(world.encryptionKey),
  );
  const signIn = async (expires?: Date) => {
    const { session } = await library.auth.tokenExchange({
      shop: world.domain,
      sessionToken: signSessionToken(world.shopifyState, world.domain),
      requestedTokenType: RequestedTokenType.OfflineAccessToken,
      expiring: true,
    });
    await sessions.storeSession(
      new Session({ ...session.toObject(), ...(expires && { expires }) }),
    );
  };
  return { world, api, sessions, signIn, renewals: () => renewals };
}

type SignedIn = Awaited<ReturnType<typeof signedIn>>;

/** Core's port as one process has it. */
function processOf({ world, api, sessions }: SignedIn, prisma = world.prisma) {
  const inTurn = createTurns(prisma, { atOnce: 2, longestMs: 5_000 });
  return createShopify(
    createAdminClient({
      adminFor: createOfflineAdmin({ api, sessions, inTurn }),
      clock: world.clock,
      sleep: async () => undefined,
      log: { warn: () => undefined },
    }),
  );
}

function secondConnection({ databaseUrl }: World) {
  const prisma = createPrismaClient(databaseUrl);
  onTestFinished(() => prisma.$disconnect());
  return prisma;
}

test("a token with time left is used as it is", async () => {
  const given = await signedIn();
  await given.signIn();
  const answer = await processOf(given).shopDetails(given.world.domain);
  expect(answer).toMatchObject({ ok: true, value: { name: "Tea House" } });
  expect(given.renewals()).toBe(0);
});

test("a token that ends soon is renewed once, however many processes need it at once", async () => {
  const given = await signedIn();
  await given.signIn(IN_A_MINUTE());
  const processes = [processOf(given), processOf(given, secondConnection(given.world))];
  const answers = await Promise.all(
    [...processes, ...processes, ...processes].map((one) => one.shopDetails(given.world.domain)),
  );
  expect(answers.filter(({ ok }) => !ok)).toEqual([]);
  expect(given.renewals()).toBe(1);
  const session = await given.sessions.loadSession(`offline_${given.world.domain}`);
  expect(session?.isExpired(5 * 60_000)).toBe(false);
});

test("more shops than turns renew one after another, and none is left out", async () => {
  const given = await signedIn();
  const names = Array.from({ length: 9 }, (_, index) => `name-${index % 3}`);
  const inTurn = createTurns(given.world.prisma, { atOnce: 2, longestMs: 5_000 });
  const running = new Set<string>();
  const done = await Promise.all(
    names.map((name) =>
      inTurn(name, async () => {
        expect(running.has(name)).toBe(false);
        running.add(name);
        await given.world.prisma.shop.count();
        running.delete(name);
        return name;
      }),
    ),
  );
  expect(done).toEqual(names);
});

test("a token that Shopify refuses to renew is no outage: the shop has no access", async () => {
  const given = await signedIn();
  await given.signIn(IN_A_MINUTE());
  given.world.shop.installation = null;
  expect(await processOf(given).shopDetails(given.world.domain)).toMatchObject({
    ok: false,
    problem: { kind: "access-denied" },
  });
});

test("a token that a closed shop (403) does not renew is no lost access: the shop is closed", async () => {
  const given = await signedIn();
  await given.signIn(IN_A_MINUTE());
  const { refreshToken } = given.api.auth;
  given.api.auth.refreshToken = async () => {
    const body = { errors: "Unavailable Shop" };
    throw new HttpResponseError({ message: "refused", code: 403, statusText: "Forbidden", body });
  };
  const shopify = processOf(given);
  expect(await shopify.shopDetails(given.world.domain)).toMatchObject({
    ok: false,
    problem: { kind: "shop-closed", retry: "later" },
  });
  given.api.auth.refreshToken = refreshToken;
  expect(await shopify.shopDetails(given.world.domain)).toMatchObject({ ok: true });
});

test("a renewal that fails for an outage is tried again later, with the same token", async () => {
  const given = await signedIn();
  await given.signIn(IN_A_MINUTE());
  given.world.shopify.faults.failNext(1, 503);
  const shopify = processOf(given);
  expect(await shopify.shopDetails(given.world.domain)).toMatchObject({
    ok: false,
    problem: { kind: "unavailable", retry: "later" },
  });
  expect(await shopify.shopDetails(given.world.domain)).toMatchObject({ ok: true });
});

test("where the merchant signs in while a renewal is refused, the new token is used", async () => {
  const given = await signedIn();
  await given.signIn(IN_A_MINUTE());
  given.world.shop.installation?.refreshTokens.clear();
  const { refreshToken } = given.api.auth;
  given.api.auth.refreshToken = async (request) => {
    await given.signIn();
    return refreshToken(request);
  };
  const answer = await processOf(given).shopDetails(given.world.domain);
  expect(answer).toMatchObject({ ok: true });
});

test("a shop without any session has no access", async () => {
  const given = await signedIn();
  expect(await processOf(given).shopDetails(given.world.domain)).toMatchObject({
    ok: false,
    problem: { kind: "access-denied" },
  });
});

test("an uninstall is believed at once, even where the token had run out", async () => {
  const given = await signedIn();
  const { world } = given;
  await given.signIn(IN_A_MINUTE());
  await ensureShop(world.ports, world.domain);
  world.shop.installation = null;
  await deliver(world, webhookFor(world, "{}", { topic: "app/uninstalled" }));
  const delivery = await world.prisma.delivery.findFirstOrThrow();
  const ports = { ...world.ports, shopify: processOf(given) };
  await uninstallShop(ports, { shop: world.domain, deliveryId: delivery.id });
  expect(await world.ports.store.shops.find(world.domain)).toBeNull();
  expect(await given.sessions.loadSession(`offline_${world.domain}`)).toBeUndefined();
});
