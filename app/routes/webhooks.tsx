import type { ActionFunctionArgs } from "@remix-run/node";
import { takeInWebhook } from "#app/webhook-intake.server.ts";

/**
 * Webhooks where Vite serves the app; in production `server.ts` answers them before Remix. A throw
 * becomes a 500. `authenticate.webhook` is not used: it looks up a session, and may renew a token.
 */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  const rawBody = new Uint8Array(await request.arrayBuffer());
  return new Response(null, { status: await takeInWebhook(request.headers, rawBody) });
}
