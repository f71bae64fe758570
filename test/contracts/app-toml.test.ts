import { readFile } from "node:fs/promises";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { z } from "zod";
import { REQUIRED_SCOPES } from "#app/core/shops/scopes.ts";

/** Shopify CLI's rules for webhook subscriptions (reference/shopify.md, section 3). */
const subscription = z.strictObject({
  name: z.string().max(50).optional(),
  topics: z.array(z.string().regex(/^[a-z_]+\/[a-z_]+$/)).optional(),
  uri: z.string().startsWith("/"),
  include_fields: z.array(z.string()).optional(),
  filter: z.string().optional(),
  compliance_topics: z
    .array(z.enum(["customers/data_request", "customers/redact", "shop/redact"]))
    .optional(),
});
const appToml = z.object({
  access_scopes: z.object({ scopes: z.string(), optional_scopes: z.array(z.string()) }),
  webhooks: z.object({
    api_version: z.literal("2026-07"),
    subscriptions: z.array(subscription),
  }),
});

async function subscriptions() {
  const toml: unknown = parse(await readFile("shopify.app.toml", "utf8"));
  return appToml.parse(toml).webhooks.subscriptions;
}

test("older orders and segments are no condition of the install: the merchant may allow them", async () => {
  const toml: unknown = parse(await readFile("shopify.app.toml", "utf8"));
  const { scopes, optional_scopes } = appToml.parse(toml).access_scopes;
  expect(optional_scopes).toEqual(["read_all_orders", "read_customers"]);
  // Home says which of these Shopify does not give.
  expect(scopes.split(",")).toEqual(REQUIRED_SCOPES);
  for (const scope of optional_scopes) expect(scopes.split(",")).not.toContain(scope);
});

const TOPICS = [
  "orders/create",
  "orders/updated",
  "orders/edited",
  "orders/cancelled",
  "orders/paid",
  "orders/delete",
  "refunds/create",
  "discounts/create",
  "discounts/update",
  "discounts/delete",
  "discounts/redeemcode_added",
  "discounts/redeemcode_removed",
  "app/uninstalled",
  "app/scopes_update",
  "shop/update",
];

test("shopify.app.toml subscribes once to each topic that is read, by Shopify CLI's rules", async () => {
  const topics = (await subscriptions()).flatMap((block) => block.topics ?? []);
  expect(topics.toSorted()).toEqual(TOPICS.toSorted());
});

test("no subscription leaves fields out or filters, so that every order is told as a whole", async () => {
  for (const block of await subscriptions()) {
    expect(block).toMatchObject({ uri: "/webhooks" });
    expect([block.include_fields, block.filter]).toEqual([undefined, undefined]);
  }
});

test("the three compliance topics stand in one block of their own", async () => {
  const blocks = (await subscriptions()).filter((block) => block.compliance_topics);
  expect(blocks).toHaveLength(1);
  expect(blocks[0]?.topics).toBeUndefined();
  expect(blocks[0]?.compliance_topics).toHaveLength(3);
});
