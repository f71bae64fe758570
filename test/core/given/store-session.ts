import { randomBytes } from "node:crypto";
import { Session } from "@shopify/shopify-api";
import { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";
import { encryptSessions } from "#app/adapters/postgres/encrypted-session-storage.ts";
import { createSecretBox } from "#app/adapters/postgres/secret-box.ts";
import type { World } from "#test/support/world.ts";

/** The offline session that Shopify's library keeps once the merchant has opened the app. */
export async function storeSession(
  { prisma, domain }: Pick<World, "prisma" | "domain">,
  { scope }: { scope?: string } = {},
) {
  const sessions = encryptSessions(
    new PrismaSessionStorage(prisma),
    createSecretBox(randomBytes(32)),
  );
  await sessions.storeSession(
    new Session({
      id: `offline_${domain}`,
      shop: domain,
      state: "",
      isOnline: false,
      ...(scope && { scope }),
      accessToken: "shpat_secret",
      refreshToken: "shprt_secret",
    }),
  );
  return sessions;
}
