import { signWebhook } from "./sign-webhook.ts";
import type { AttemptStatus, WebhookDelivery } from "./webhook-delivery.ts";

export interface WebhookTarget {
  appUrl: string;
  apiSecret: string;
  apiVersion: string;
  timeoutMs: number;
}

export async function sendWebhook(
  delivery: WebhookDelivery,
  target: WebhookTarget,
  closing: AbortSignal,
): Promise<AttemptStatus> {
  // AbortSignal.any would tie each delivery to `closing` for good, and go through all of them for each.
  const given = new AbortController();
  const timer = setTimeout(() => given.abort("timeout"), target.timeoutMs);
  const giveUp = () => given.abort("closing");
  closing.addEventListener("abort", giveUp, { once: true });
  if (closing.aborted) giveUp();
  try {
    const response = await fetch(new URL(delivery.path, target.appUrl), {
      method: "POST",
      headers: webhookHeaders(delivery, target),
      body: delivery.rawBody,
      redirect: "manual",
      signal: given.signal,
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return given.signal.reason === "timeout" ? "timeout" : "unreachable";
  } finally {
    clearTimeout(timer);
    closing.removeEventListener("abort", giveUp);
  }
}

/** shopify.md §3. */
function webhookHeaders(delivery: WebhookDelivery, target: WebhookTarget): Record<string, string> {
  return {
    "Content-Type": "application/json",
    "User-Agent": "Shopify-Captain-Hook",
    "X-Shopify-Topic": delivery.topic,
    "X-Shopify-Hmac-Sha256": signWebhook(delivery.rawBody, target.apiSecret),
    "X-Shopify-Shop-Domain": delivery.shop,
    "X-Shopify-API-Version": target.apiVersion,
    "X-Shopify-Webhook-Id": delivery.webhookId,
    "X-Shopify-Event-Id": delivery.eventId,
    "X-Shopify-Triggered-At": delivery.triggeredAt.toISOString(),
    ...(delivery.name !== null && { "X-Shopify-Name": delivery.name }),
  };
}
