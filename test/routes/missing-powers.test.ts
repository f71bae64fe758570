import { expect, test } from "vitest";
import { REQUIRED_SCOPES } from "#app/core/shops/scopes.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import { deliver, webhookFor } from "#test/support/shopper.ts";
import { createWorld } from "#test/support/world.ts";

test("Home says what Shopify does not let the app do, once a scope is withdrawn and until it is back", async () => {
  const world = await createWorld({ startsAt: new Date() });
  await loadApp(world);
  const { loader } = await import("#app/routes/app._index.tsx");
  const missing = async () => {
    const answer = await callRoute(loader, adminRequest(world, world.domain, "/app"));
    return ((await answer.json()) as { missingPowers: string[] }).missingPowers;
  };
  const change = async (current: string[]) => {
    const body = JSON.stringify({ current });
    await deliver(world, webhookFor(world, body, { topic: "app/scopes_update" }));
    await world.drain();
  };
  expect(await missing()).toEqual([]);
  await change(["read_products", "write_discounts", "write_pixels"]);
  expect(await missing()).toEqual(["read orders", "learn of clicks at checkout"]);
  await change(REQUIRED_SCOPES);
  expect(await missing()).toEqual([]);
});
