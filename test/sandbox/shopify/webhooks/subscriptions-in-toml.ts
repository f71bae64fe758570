import { parse } from "smol-toml";
import { z } from "zod";
import type { WebhookSubscription } from "./webhook-subscription.ts";

const appToml = z.object({
  webhooks: z.object({
    subscriptions: z.array(
      z.object({
        uri: z.string(),
        topics: z.array(z.string()).default([]),
        compliance_topics: z.array(z.string()).default([]),
        name: z.string().optional(),
        include_fields: z.array(z.string()).optional(),
      }),
    ),
  }),
});

/** The app-specific subscriptions that `shopify app deploy` would make of a shopify.app.toml. */
export function subscriptionsInToml(toml: string): Record<string, WebhookSubscription> {
  const { webhooks } = appToml.parse(parse(toml));
  const entries = webhooks.subscriptions.flatMap((block) => {
    const subscription: WebhookSubscription = {
      path: block.uri,
      ...(block.name !== undefined && { name: block.name }),
      ...(block.include_fields && { includeFields: block.include_fields }),
    };
    return [...block.topics, ...block.compliance_topics].map(
      (topic) => [topic, subscription] as const,
    );
  });
  return Object.fromEntries(entries);
}
