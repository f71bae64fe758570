import { HttpResponseError, type Session, type Shopify } from "@shopify/shopify-api";
import { SessionNotFoundError } from "@shopify/shopify-app-remix/server";
import type { SessionStorage } from "@shopify/shopify-app-session-storage";
import type { ShopDomain } from "#app/core/ids.ts";
import type { AdminGraphql } from "./admin-client.ts";
import { isUnavailableShop } from "./unavailable-shop.ts";

/** Shopify advises to renew in time; the sign-in of the library does it at five minutes, too. */
const RENEW_BEFORE_MS = 5 * 60_000;

interface Needs {
  api: Pick<Shopify, "auth" | "clients" | "session">;
  sessions: Pick<SessionStorage, "loadSession" | "storeSession">;
  /** One at a time for each name, across all processes. */
  inTurn: <T>(name: string, work: () => Promise<T>) => Promise<T>;
}

/**
 * An Admin client on a shop's offline token, renewed where it ends soon. Refresh tokens work once, so
 * renewals of one shop take turns: who waited finds the new token and renews nothing. The library's
 * own way is not used, since it tells a refused token and an outage apart by nothing.
 */
export function createOfflineAdmin(needs: Needs): (shop: ShopDomain) => Promise<AdminGraphql> {
  const underWay = new Map<ShopDomain, Promise<Session>>();
  return async (shop) => {
    let session = await load(needs, shop);
    if (session.isExpired(RENEW_BEFORE_MS)) {
      const renewal = underWay.get(shop) ?? renewInTurn(needs, shop);
      underWay.set(shop, renewal);
      session = await renewal.finally(() => underWay.delete(shop));
    }
    const client = new needs.api.clients.Graphql({ session });
    return {
      graphql: async (document, how) => {
        const answer = await client.request(document, how);
        return { json: async () => answer };
      },
    };
  };
}

async function load({ api, sessions }: Needs, shop: ShopDomain): Promise<Session> {
  const session = await sessions.loadSession(api.session.getOfflineId(shop));
  if (!session) throw new SessionNotFoundError(`no offline session for ${shop}`);
  return session;
}

function renewInTurn(needs: Needs, shop: ShopDomain): Promise<Session> {
  return needs.inTurn(`renew/${shop}`, async () => {
    const session = await load(needs, shop);
    const { refreshToken } = session;
    if (!session.isExpired(RENEW_BEFORE_MS) || !refreshToken) return session;
    try {
      const renewed = await needs.api.auth.refreshToken({ shop, refreshToken });
      await needs.sessions.storeSession(renewed.session);
      return renewed.session;
    } catch (error) {
      if (!isRefusal(error) || (await isUnavailableShop(error))) throw error;
      return sessionSince(needs, session);
    }
  });
}

/** The merchant may have signed in just then, which makes the former refresh token worthless. */
async function sessionSince(needs: Needs, refused: Session): Promise<Session> {
  const session = await load(needs, refused.shop as ShopDomain);
  if (session.accessToken !== refused.accessToken) return session;
  throw new Response("Shopify refused to renew the token", { status: 401 });
}

/** A 400 for our own client id or secret says nothing of the shop. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof HttpResponseError)) return false;
  const { code, body } = (error as HttpResponseError).response;
  const reason = (body as { error?: unknown } | undefined)?.error;
  return [400, 401, 403, 404].includes(code) && reason !== "invalid_client";
}
