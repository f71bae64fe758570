import { expect, test } from "vitest";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import { createWorld } from "#test/support/world.ts";

test("a page notes when Shopify gave its session token, which proves that the app was installed", async () => {
  const world = await createWorld({ startsAt: new Date() });
  await loadApp(world);
  const { loader } = await import("#app/routes/app.settings.tsx");
  await callRoute(loader, adminRequest(world, world.domain, "/app/settings"));
  const opened = await world.ports.store.shops.findOpened(world.domain);
  const now = Date.now();
  expect(opened?.getTime()).toBeGreaterThan(now - 60_000);
  expect(opened?.getTime()).toBeLessThanOrEqual(now);
});
