import { Session } from "@shopify/shopify-api";
import { expect, test } from "vitest";
import { storeSession } from "#test/core/given/store-session.ts";
import { createWorld } from "#test/support/world.ts";

test("no token can be read in the Session table, and the library gets them back", async () => {
  const world = await createWorld();
  const sessions = await storeSession(world);
  const rows = JSON.stringify(await world.prisma.session.findMany());
  expect(rows).toContain(world.domain);
  expect(rows).not.toMatch(/shpat_secret|shprt_secret/);
  const loaded = { shop: world.domain, accessToken: "shpat_secret", refreshToken: "shprt_secret" };
  expect(await sessions.loadSession(`offline_${world.domain}`)).toMatchObject(loaded);
  expect(await sessions.findSessionsByShop(world.domain)).toMatchObject([loaded]);
});

test("a session's expiry and scope are kept, and one without tokens is kept too", async () => {
  const world = await createWorld();
  const sessions = await storeSession(world);
  const expires = new Date("2026-11-23T11:00:00Z");
  const bare = { id: "bare", shop: world.domain, state: "x", isOnline: false };
  await sessions.storeSession(new Session({ ...bare, expires, scope: "read_orders" }));
  const loaded = await sessions.loadSession("bare");
  expect(loaded).toMatchObject({ expires, scope: "read_orders" });
  expect(loaded?.accessToken).toBeFalsy();
});

test("a session that is deleted is gone", async () => {
  const world = await createWorld();
  const sessions = await storeSession(world);
  await sessions.deleteSession(`offline_${world.domain}`);
  expect(await sessions.loadSession(`offline_${world.domain}`)).toBeUndefined();
  await storeSession(world);
  await sessions.deleteSessions([`offline_${world.domain}`]);
  expect(await world.prisma.session.count()).toBe(0);
});
