import type { LoaderFunctionArgs } from "@remix-run/node";
import { onTestFinished } from "vitest";
import { redirectShopifyTo } from "#test/sandbox/shopify/admin/redirect-shopify-to.ts";
import { signSessionToken } from "#test/sandbox/shopify/admin/sign-session-token.ts";
import type { WebhookRequest } from "./shopper.ts";
import type { World } from "./world.ts";

type RouteFunction = (args: LoaderFunctionArgs) => unknown;

/**
 * The real app, loaded into this process with its own connections to the world's database. Its
 * modules read the environment once, so a test file loads it for one world.
 */
export async function loadApp(world: World) {
  Object.assign(process.env, {
    SHOPIFY_API_KEY: world.shopifyState.apiKey,
    SHOPIFY_API_SECRET: world.shopifyState.apiSecret,
    SHOPIFY_APP_URL: "https://app.example.com",
    ENCRYPTION_KEY: world.encryptionKey.toString("base64"),
    DATABASE_URL: world.databaseUrl,
    IMPACT_API_URL: world.impact.url,
    LOG_LEVEL: "silent",
  });
  const { boss, intakeStore, pool, prisma } = await import("#app/db.server.ts");
  const { services } = await import("#app/services.server.ts");
  // Loading the library put its own fetch back.
  redirectShopifyTo(world.shopify.url);
  onTestFinished(async () => {
    await boss.stop({ graceful: false });
    await intakeStore.close();
    await pool.end();
    await prisma.$disconnect();
  });
  return { services, prisma, boss };
}

/** Calls a route's loader or action as Remix would; a thrown Response is its answer too. */
export async function callRoute(
  route: RouteFunction,
  request: Request,
  params: Record<string, string> = {},
): Promise<Response> {
  try {
    const answer = await route({ request, params, context: {} });
    return answer instanceof Response ? answer : Response.json(answer);
  } catch (error) {
    if (error instanceof Response) return error;
    throw error;
  }
}

export function webhookRequest({ body, headers }: WebhookRequest): Request {
  return new Request("https://app.example.com/webhooks", { method: "POST", body, headers });
}

/** A request App Bridge would send from the embedded app of that shop. */
export function adminRequest(
  { shopifyState }: Pick<World, "shopifyState">,
  shop: string,
  path: string,
  form?: Record<string, string> | URLSearchParams,
): Request {
  // The library reads the wall's clock and the stand-in the world's, which stands still on a busy machine.
  const wall = Math.floor(Date.now() / 1_000);
  const begun = Math.min(wall, Math.floor(shopifyState.clock.now().getTime() / 1_000));
  const token = signSessionToken(shopifyState, shop, { iat: begun, nbf: begun, exp: wall + 60 });
  return new Request(`https://app.example.com${path}`, {
    method: form ? "POST" : "GET",
    headers: { authorization: `Bearer ${token}`, "user-agent": "Mozilla/5.0 Chrome/140" },
    ...(form && { body: new URLSearchParams(form) }),
  });
}
