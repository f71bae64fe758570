import { readFile } from "node:fs/promises";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { z } from "zod";

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
  webhooks: z.object({
    api_version: z.literal("2026-07"),
    subscriptions: z.array(subscription),
  }),
});

async function subscriptions() {
  const toml: unknown = parse(await readFile("shopify.app.toml", "utf8"));
  return appToml.parse(toml).webhooks.subscriptions;
}

test("shopify.app.toml keeps Shopify CLI's rules for webhooks", async () => {
  const topics = (await subscriptions()).flatMap((block) => block.topics ?? []);
  expect(topics).toContain("orders/create");
  expect(new Set(topics).size).toBe(topics.length);
});

test("the three compliance topics stand in one block of their own", async () => {
  const blocks = (await subscriptions()).filter((block) => block.compliance_topics);
  expect(blocks).toHaveLength(1);
  expect(blocks[0]?.topics).toBeUndefined();
  expect(blocks[0]?.compliance_topics).toHaveLength(3);
});
