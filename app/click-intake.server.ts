import { z } from "zod";
import { checkoutHash } from "./adapters/shopify/checkout-hash.ts";
import { isClickId } from "./core/attribution/click.ts";
import { isOrderId, isShopDomain } from "./core/ids.ts";
import { env } from "./env.server.ts";
import {
  addressOf,
  createFairLimit,
  createRateLimit,
  networkOf,
  senderOf,
} from "./rate-limit.server.ts";
import { services } from "./services.server.ts";

/** Several times what the pixel sends. */
const LARGEST_BODY = 1_024;
/** Far more than a household buys: many may share an address. */
const isAddressWithin = createRateLimit({ most: 120 });
/** A shopper tells one click; whoever tells more than a few competes with the loud alone. */
const isShopWithin = createFairLimit({ quiet: 5, mostQuiet: 5_000, mostLoud: 500 });

const told = z.object({
  shop: z.string().max(100).refine(isShopDomain),
  checkoutToken: z.string().regex(/^[\w:=-]{8,200}$/),
  orderId: z.string().max(20).refine(isOrderId).nullable(),
  clickId: z.string().refine(isClickId),
  seen: z.number().int().min(0).max(9_999_999_999),
});

/** The pixel runs on the shop's own pages, so on any origin; it never reads the answer. */
const HEADERS = { "access-control-allow-origin": "*", "cache-control": "no-store" };

/** What says that it is a checkout's pixel, answered at once; see core/clicks/receive-click.ts. */
export async function takeInClick(request: Request): Promise<Response> {
  const address = addressOf(request.headers, env.TRUSTED_PROXIES);
  if (!isAddressWithin(senderOf(address))) return answer(429);
  const body = await readBody(request);
  if (body === null) return answer(413);
  const click = readClick(body);
  if (!click) return answer(400);
  if (!isShopWithin(click.shop, networkOf(address))) return answer(429);
  const { checkoutToken, seen, ...others } = click;
  const received = await services.receiveClick({
    ...others,
    checkoutHash: checkoutHash(checkoutToken),
    seenAt: new Date(seen * 1_000),
  });
  if (received.ok) return answer(204);
  return answer(received.problem.kind === "unknown-shop" ? 404 : 400);
}

function answer(status: number): Response {
  return new Response(null, { status, headers: HEADERS });
}

/** Null where it is too large; no more than that is read. */
async function readBody({ body }: Request): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body?.getReader();
  for (;;) {
    const read = await reader?.read();
    if (!read || read.done) return Buffer.concat(chunks).toString();
    length += read.value.length;
    if (length > LARGEST_BODY) {
      await reader?.cancel();
      return null;
    }
    chunks.push(read.value);
  }
}

function readClick(body: string): z.infer<typeof told> | null {
  try {
    return told.parse(JSON.parse(body));
  } catch {
    return null;
  }
}
