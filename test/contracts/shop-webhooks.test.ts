import { expect, test } from "vitest";
import { everythingOf } from "#test/core/given/everything-of.ts";
import { shopAtWork } from "#test/core/given/shop-at-work.ts";
import { withRichSecondShop } from "#test/core/given/theirs.ts";
import { adminRequest, callRoute, webhookRequest } from "#test/support/app.ts";
import { METRICS_TOKEN, serveOperator } from "#test/support/operator.ts";
import { buy, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

async function twoShops() {
  const world = await shopAtWork();
  return { world, ...(await withRichSecondShop(world)) };
}

/** What Shopify could say of an order of that number, for each topic that names one. */
function deliveriesNaming(world: World, orderId: string): [topic: string, body: string][] {
  const { payload } = buy(world, { codes: ["ANNA10"] });
  const id = Number(orderId);
  const order = JSON.stringify({
    ...{ ...payload, id, admin_graphql_api_id: `gid://shopify/Order/${orderId}` },
  });
  const refund = {
    ...{ id: 777_001, order_id: id, created_at: new Date().toISOString() },
    ...{ refund_line_items: [], order_adjustments: [], transactions: [] },
  };
  const named = { shop_domain: world.domain, customer: { id: 1 } };
  const orders = ["create", "updated", "paid", "cancelled"].map((one) => `orders/${one}`);
  return [
    ...orders.map((topic): [string, string] => [topic, order]),
    ["refunds/create", JSON.stringify(refund)],
    ["orders/edited", JSON.stringify({ order_edit: { id: 1, order_id: id } })],
    ["customers/data_request", JSON.stringify({ ...named, orders_requested: [id] })],
    ["customers/redact", JSON.stringify({ ...named, orders_to_redact: [id] })],
    ["orders/delete", JSON.stringify({ id })],
    ["app/uninstalled", JSON.stringify({ id: 1 })],
    ["shop/redact", JSON.stringify({ shop_id: 1, shop_domain: world.domain })],
  ];
}

test("signed deliveries, clicks and session tokens of a shop do and tell nothing of another's", async () => {
  const { world, other, theirs } = await twoShops();
  const { get } = await serveOperator(world);
  const before = await everythingOf(world, other.domain);
  const sentBefore = world.impact.requests.length;
  expect(before).toContain(theirs.orderId);

  // Operators alone see the figures of all shops.
  const token = adminRequest(world, world.domain, "/app").headers.get("authorization") ?? "";
  const asked = await get("/metrics", { authorization: token });
  expect(asked.status).toBe(401);
  expect(asked.body).not.toMatch(/partner_codes|coffee-house/);
  const figures = await get("/metrics", { authorization: `Bearer ${METRICS_TOKEN}` });
  expect(figures.body).toContain(other.domain);

  const { action: click } = await import("#app/routes/clicks.tsx");
  const told = { shop: world.domain, checkoutToken: "0123456789abcdef0123456789abcdef" };
  const body = JSON.stringify({ ...told, orderId: theirs.orderId, clickId: "Click-9", seen: 1 });
  const headers = { "x-forwarded-for": "198.51.100.7" };
  const clicked = new Request("https://app.example.com/clicks", { method: "POST", body, headers });
  expect((await callRoute(click, clicked)).status).toBe(204);
  await world.drain(60_000);
  expect(await everythingOf(world, other.domain)).toBe(before);

  const { action } = await import("#app/routes/webhooks.tsx");
  for (const [topic, said] of deliveriesNaming(world, theirs.orderId)) {
    const answer = await callRoute(action, webhookRequest(webhookFor(world, said, { topic })));
    expect([topic, answer.status, await answer.text()]).toEqual([topic, 200, ""]);
    await world.drain(60_000);
    expect(await everythingOf(world, other.domain), topic).toBe(before);
    // Nothing that is theirs is kept as ours either: their partner's code, their file for a customer.
    expect(await everythingOf(world, world.domain), topic).not.toMatch(/Guarded|COFFEE/);
  }
  const sent = world.impact.requests.slice(sentBefore).map((one) => JSON.stringify([...one.form]));
  expect(sent.filter((form) => form.includes(theirs.code))).toEqual([]);
});
