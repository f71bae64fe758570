import type { PrismaClient } from "@prisma/client";
import type { AdminGraphql } from "./adapters/shopify/admin-client.ts";
import type { ShopDomain } from "./core/ids.ts";
import { sessionStorage, unauthenticated } from "./shopify.server.ts";

/** The library renews a token that ends within five minutes; so does this, a little earlier. */
const RENEW_BEFORE_MS = 6 * 60_000;
const LONGEST_RENEWAL_MS = 20_000;

/**
 * An Admin client on a shop's offline token. Refresh tokens work once, so renewals of one shop take
 * turns across all processes: who waited finds the new token and renews nothing.
 */
export function createOfflineAdmin(
  prisma: PrismaClient,
): (shop: ShopDomain) => Promise<AdminGraphql> {
  return async (shop) => {
    const session = await sessionStorage.loadSession(`offline_${shop}`);
    if (!session?.isExpired(RENEW_BEFORE_MS)) return adminFor(shop);
    return prisma.$transaction(
      async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`renew/${shop}`}, 0))`;
        return adminFor(shop);
      },
      { timeout: LONGEST_RENEWAL_MS, maxWait: LONGEST_RENEWAL_MS },
    );
  };
}

async function adminFor(shop: ShopDomain): Promise<AdminGraphql> {
  const { admin } = await unauthenticated.admin(shop);
  return { graphql: (document, options) => admin.graphql(document, options) };
}
