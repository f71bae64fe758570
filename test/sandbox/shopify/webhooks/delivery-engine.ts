import { randomUUID } from "node:crypto";
import pLimit from "p-limit";
import type { ShopifyState } from "#test/sandbox/shopify/state.ts";
import type { PendingWork } from "./pending-work.ts";
import { retryDelay } from "./retry-delay.ts";
import type { WebhookTarget } from "./send-webhook.ts";
import { sendWebhook } from "./send-webhook.ts";
import type { AttemptStatus, DeliveryAttempt, WebhookDelivery } from "./webhook-delivery.ts";
import { succeeded } from "./webhook-delivery.ts";

export interface DeliveryEngine {
  attempts: DeliveryAttempt[];
  /** The next `failures` attempts come to nothing before they reach the app. */
  failures: number;
  remember(delivery: WebhookDelivery): void;
  /** Resolves after the first attempt; retries go on as pending work. */
  deliver(delivery: WebhookDelivery): Promise<void>;
  attempt(delivery: WebhookDelivery): Promise<AttemptStatus>;
  log(delivery: WebhookDelivery, status: AttemptStatus): void;
  find(webhookId: string): WebhookDelivery;
}

export interface EngineOptions {
  target: WebhookTarget;
  timeScale: number;
  sameIdOnRetry: boolean;
}

/** Deliveries on their way at once: a slow app must not cost this process every file it may open. */
const AT_ONCE = 500;

export function createDeliveryEngine(
  state: ShopifyState,
  work: PendingWork,
  { target, timeScale, sameIdOnRetry }: EngineOptions,
): DeliveryEngine {
  const deliveries = new Map<string, WebhookDelivery>();
  const inTurn = pLimit(AT_ONCE);

  const engine: DeliveryEngine = {
    attempts: [],
    failures: 0,
    remember(delivery) {
      deliveries.set(delivery.webhookId, delivery);
    },
    async deliver(delivery) {
      if (!succeeded(await engine.attempt(delivery))) work.track(retry(delivery));
    },
    async attempt(delivery) {
      delivery.attempts += 1;
      const logged = { ...delivery };
      const status = await outcome(delivery);
      engine.log(logged, status);
      return status;
    },
    log({ topic, shop, webhookId, attempts }, status) {
      const at = state.clock.now();
      engine.attempts.push({ topic, shop, status, at, attempt: attempts, webhookId });
    },
    find(webhookId) {
      const delivery = deliveries.get(webhookId);
      if (!delivery) throw new Error(`There is no delivery ${webhookId}.`);
      return delivery;
    },
  };

  async function outcome(delivery: WebhookDelivery): Promise<AttemptStatus> {
    if (engine.failures === 0) return inTurn(() => sendWebhook(delivery, target, work.closing));
    engine.failures -= 1;
    return "failed-on-command";
  }

  async function retry(delivery: WebhookDelivery): Promise<void> {
    const delay = retryDelay(delivery.attempts);
    if (delay === null || !(await work.wait(delay / timeScale))) return;
    if (!sameIdOnRetry) {
      delivery.webhookId = randomUUID();
      engine.remember(delivery);
    }
    if (!succeeded(await engine.attempt(delivery))) await retry(delivery);
  }

  return engine;
}
