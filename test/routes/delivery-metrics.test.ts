import { EventEmitter } from "node:events";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { z } from "zod";
import { loadApp } from "#test/support/app.ts";
import { createWorld } from "#test/support/world.ts";

const blocks = z.array(
  z.object({
    topics: z.array(z.string()).default([]),
    compliance_topics: z.array(z.string()).default([]),
  }),
);
const appToml = z.object({ webhooks: z.object({ subscriptions: blocks }) });

async function subscribedTopics(): Promise<string[]> {
  const toml: unknown = parse(await readFile("shopify.app.toml", "utf8"));
  const { subscriptions } = appToml.parse(toml).webhooks;
  return subscriptions.flatMap((block) => [...block.topics, ...block.compliance_topics]);
}

// The app reads its environment once, so this file loads it for one world.
test("deliveries are counted by each topic of shopify.app.toml, and any other topic as other", async () => {
  await loadApp(await createWorld({ startsAt: new Date() }));
  const { countRequest, registry } = await import("#app/metrics.server.ts");
  const topics = await subscribedTopics();
  for (const topic of [...topics, "anybody/sends_this"]) {
    const response = Object.assign(new EventEmitter(), { statusCode: 200 });
    const headers = { "x-shopify-topic": topic };
    const request = { method: "POST", url: "/webhooks", headers };
    countRequest(request as unknown as IncomingMessage, response as unknown as ServerResponse);
    response.emit("finish");
  }
  const counted = (await registry.metrics()).matchAll(/deliveries_total\{topic="([^"]*)".* 1$/gm);
  expect([...counted].map(([, topic]) => topic).sort()).toEqual([...topics, "other"].sort());
});
