import { createAdminClient } from "#app/adapters/shopify/admin-client.ts";
import { createShopify } from "#app/adapters/shopify/shopify.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import type { Shopify } from "#app/core/ports/shopify.ts";
import type { TestAdmin } from "#test/sandbox/shopify/admin/test-admin.ts";

/** Core's port to Shopify over a stand-in, with a record of the requests it took. */
export function shopifyOf({ graphql, state, shop }: TestAdmin) {
  const asked: { document: string; variables: Record<string, unknown> }[] = [];
  const client = createAdminClient({
    adminFor: () =>
      Promise.resolve({
        async graphql(document, { variables }) {
          asked.push({ document, variables });
          const answer = await graphql<unknown>(document, variables);
          if (answer.errors) throw new Error(JSON.stringify(answer.errors));
          return { json: () => Promise.resolve(answer) };
        },
      }),
    clock: state.clock,
    sleep: () => Promise.resolve(),
    log: { warn: () => undefined },
  });
  const shopify: Shopify = createShopify(client);
  return { shopify, domain: shop.domain as ShopDomain, asked };
}
