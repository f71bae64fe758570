import type { IncomingMessage, ServerResponse } from "node:http";
import { isSignedByShopify } from "./adapters/shopify/verify-webhook.ts";
import { readWebhook } from "./adapters/shopify/read-webhook.ts";
import { env } from "./env.server.ts";
import { logError } from "./log-error.server.ts";
import { services } from "./services.server.ts";

/** Far more than an order with 500 lines takes. */
const LARGEST_BODY = 16 * 1_024 * 1_024;
/** Shopify hangs up after five seconds. */
const SLOWEST_BODY_MS = 5_000;

/**
 * Takes in a webhook; the answer's status. It is stored with its job in one transaction and nothing
 * else happens before the answer: no session is looked up and no token renewed. A throw must become
 * a 5xx, so that Shopify delivers again.
 */
export async function takeInWebhook(
  headers: Pick<Headers, "get">,
  rawBody: Uint8Array,
): Promise<200 | 400 | 401> {
  const signature = headers.get("x-shopify-hmac-sha256");
  if (!isSignedByShopify(rawBody, signature, env.SHOPIFY_API_SECRET)) return 401;
  const delivery = readWebhook(headers, rawBody);
  if (!delivery) return 400;
  await services.receiveDelivery(delivery);
  return 200;
}

/** Answers a webhook before any framework sees it; false for any other request. */
export function answerWebhook(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== "POST" || !isWebhookPath(request.url ?? "")) return false;
  void answer(request, response);
  return true;
}

function isWebhookPath(url: string): boolean {
  return url === "/webhooks" || url.startsWith("/webhooks?");
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const end = (status: number) => response.writeHead(status, { "content-length": 0 }).end();
  try {
    const body = await readBody(request);
    if (body === null) {
      response.setHeader("connection", "close");
      return void end(413);
    }
    end(await takeInWebhook({ get: (name) => headerOf(request, name) }, body));
  } catch (error) {
    if (request.destroyed && !request.complete) return;
    logError("webhook not stored", error);
    end(500);
  }
}

function headerOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name];
  return typeof value === "string" ? value : null;
}

/** Null where it is too large. Fails where the sender hangs up or takes too long. */
function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const tooSlow = setTimeout(() => request.destroy(), SLOWEST_BODY_MS);
    // Events and no `for await`: that takes as long as checking the signature.
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > LARGEST_BODY) resolve(null);
      else chunks.push(chunk);
    });
    request.on("end", () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks));
    });
    request.on("error", reject);
    request.on("close", () => {
      clearTimeout(tooSlow);
      if (!request.complete) reject(new Error("the sender hung up"));
    });
  });
}
