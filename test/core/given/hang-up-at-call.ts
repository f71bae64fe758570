import type { World } from "#test/support/world.ts";

/**
 * Drops the connection of the nth GraphQL call from now on after Shopify has carried it out. The
 * stand-in's own fault counts token requests too, which a test about one call can't count on.
 */
export function hangUpAtCall({ shopify }: Pick<World, "shopify">, nth: number): void {
  const { faults } = shopify;
  const take = faults.take.bind(faults);
  let calls = 0;
  faults.take = (isGraphql) => {
    if (isGraphql) calls += 1;
    return { ...take(isGraphql), hangUp: isGraphql && calls === nth };
  };
}
