import type { ActionFunctionArgs } from "@remix-run/node";
import { isSignedByShopify } from "#app/adapters/shopify/verify-webhook.ts";
import { readWebhook } from "#app/adapters/shopify/read-webhook.ts";
import { env } from "#app/env.server.ts";
import { services } from "#app/services.server.ts";

/**
 * Every webhook comes in here. It is stored with its job in one transaction and then answered; a
 * throw becomes a 500, so that Shopify delivers again. `authenticate.webhook` is not used: it looks
 * up a session, and may renew a token, before it answers.
 */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  const rawBody = new Uint8Array(await request.arrayBuffer());
  const signature = request.headers.get("x-shopify-hmac-sha256");
  if (!isSignedByShopify(rawBody, signature, env.SHOPIFY_API_SECRET)) {
    return new Response(null, { status: 401 });
  }
  const delivery = readWebhook(request.headers, rawBody);
  if (!delivery) return new Response(null, { status: 400 });
  await services.receiveDelivery(delivery);
  return new Response(null, { status: 200 });
}
