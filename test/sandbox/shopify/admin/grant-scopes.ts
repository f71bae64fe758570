import type { Shop, ShopifyState } from "#test/sandbox/shopify/state.ts";

/**
 * The merchant allows scopes that the app asks for; it may ask for those in `optional_scopes` only.
 * Tokens in use may do more at once; a session's own list is told with its next token.
 */
export function grantScopes(state: ShopifyState, shop: Shop, asked: readonly string[]): void {
  const undeclared = asked.filter((scope) => !state.optionalScopes.includes(scope));
  if (undeclared.length > 0) throw new Error(`Not among optional_scopes: ${undeclared.join()}`);
  shop.grantedScopes = [...new Set([...shop.grantedScopes, ...asked])];
  const { installation } = shop;
  if (!installation) return;
  installation.scopes = [...state.scopes, ...shop.grantedScopes];
  for (const token of installation.accessTokens.values()) token.scopes = [...installation.scopes];
}

/** As App Bridge's `scopes.query()` tells it. */
export function scopesDetail(state: ShopifyState, shop: Shop) {
  return {
    granted: [...state.scopes, ...shop.grantedScopes],
    required: state.scopes,
    optional: state.optionalScopes,
  };
}
