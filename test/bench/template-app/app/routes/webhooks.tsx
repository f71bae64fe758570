import type { ActionFunctionArgs } from "@remix-run/node";
import { authenticate, prisma } from "../shopify.server.ts";

/** Shopify's template way: authenticate, then one row. */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  const { shop, topic, webhookId, payload } = await authenticate.webhook(request);
  const row = { shop, topic, webhookId, facts: payload, state: "received" };
  await prisma.delivery.create({ data: { ...row, receivedAt: new Date() } });
  return new Response();
}
