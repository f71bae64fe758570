import { Session } from "@shopify/shopify-api";
import type { SessionStorage } from "@shopify/shopify-app-session-storage";
import type { SecretBox } from "./secret-box.ts";

/** Shopify's session storage with its access and refresh tokens encrypted at rest. */
export function encryptSessions(storage: SessionStorage, secrets: SecretBox): SessionStorage {
  const seal = (session: Session) => mapTokens(session, (token) => secrets.seal(token));
  const open = (session: Session) => mapTokens(session, (token) => secrets.open(token));
  return {
    storeSession: (session) => storage.storeSession(seal(session)),
    loadSession: async (id) => {
      const session = await storage.loadSession(id);
      return session && open(session);
    },
    deleteSession: (id) => storage.deleteSession(id),
    deleteSessions: (ids) => storage.deleteSessions(ids),
    findSessionsByShop: async (shop) => (await storage.findSessionsByShop(shop)).map(open),
  };
}

function mapTokens(session: Session, change: (token: string) => string): Session {
  const { accessToken, refreshToken, ...rest } = session.toObject();
  return new Session({
    ...rest,
    ...(accessToken && { accessToken: change(accessToken) }),
    ...(refreshToken && { refreshToken: change(refreshToken) }),
  });
}
