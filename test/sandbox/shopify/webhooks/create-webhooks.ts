import { randomUUID } from "node:crypto";
import { orderJson } from "#test/sandbox/shopify/orders/order-json.ts";
import type { Shop, ShopifyState } from "#test/sandbox/shopify/state.ts";
import { createDeliveryEngine } from "./delivery-engine.ts";
import type { DeliveryDesk } from "./delivery-desk.ts";
import { createDeliveryDesk } from "./delivery-desk.ts";
import { createPendingWork } from "./pending-work.ts";
import type { AttemptStatus, DeliveryAttempt } from "./webhook-delivery.ts";
import type { WebhookSubscription } from "./webhook-subscription.ts";
import { withoutPersonalData } from "./without-personal-data.ts";
import { keptFields, needsInstallation } from "./webhook-subscription.ts";

export interface WebhooksOptions {
  appUrl: string;
  /** Topic → path on the app, or the whole subscription. */
  subscriptions: Record<string, string | WebhookSubscription>;
  apiVersion?: string;
  /** How many of Shopify's seconds pass in one of ours between retries. 1 is real time. */
  timeScale?: number;
  timeoutMs?: number;
  /** 2 unless given: the app was approved for names, addresses, phones and e-mails. */
  protectedCustomerData?: 1 | 2;
  /** Documents conflict on whether a retry keeps X-Shopify-Webhook-Id. */
  sameIdOnRetry?: boolean;
}

export interface Webhooks extends Omit<DeliveryDesk, "accept"> {
  /**
   * Returns the webhook id; null when the app has no subscription to the topic or is not installed
   * in the shop.
   */
  send(
    shop: Shop,
    topic: string,
    payload: Record<string, unknown>,
    eventId?: string,
  ): string | null;
  attempts: readonly DeliveryAttempt[];
  /** Sends an earlier delivery once more, with its own id. */
  redeliver(webhookId: string): Promise<AttemptStatus>;
  /** Resolves when nothing is under way, waiting or held back. */
  idle(): Promise<void>;
  /** Gives up what is still waiting. */
  close(): Promise<void>;
}

export function createWebhooks(state: ShopifyState, options: WebhooksOptions): Webhooks {
  const work = createPendingWork();
  const engine = createDeliveryEngine(state, work, {
    target: {
      appUrl: options.appUrl,
      apiSecret: state.apiSecret,
      apiVersion: options.apiVersion ?? "2026-07",
      timeoutMs: options.timeoutMs ?? 5_000,
    },
    timeScale: options.timeScale ?? 1,
    sameIdOnRetry: options.sameIdOnRetry ?? true,
  });
  const { accept, ...commands } = createDeliveryDesk(engine, work);

  return {
    ...commands,
    attempts: engine.attempts,
    send(shop, topic, payload, eventId = randomUUID()) {
      const subscribed = options.subscriptions[topic];
      if (subscribed === undefined) return null;
      if (shop.installation === null && needsInstallation(topic)) return null;
      const subscription = typeof subscribed === "string" ? { path: subscribed } : subscribed;
      const sent = options.protectedCustomerData === 1 ? withoutPersonalData(payload) : payload;
      const webhookId = randomUUID();
      accept({
        topic,
        shop: shop.domain,
        path: subscription.path,
        name: subscription.name ?? null,
        webhookId,
        eventId,
        triggeredAt: state.clock.now(),
        rawBody: orderJson(keptFields(sent, subscription)),
        attempts: 0,
      });
      return webhookId;
    },
    redeliver: (webhookId) => engine.attempt(engine.find(webhookId)),
    idle() {
      commands.reorder(false);
      return work.idle();
    },
    close() {
      work.close();
      return work.idle();
    },
  };
}
