import type { Shopper } from "./shopper.ts";

/**
 * `/discount/CODE?redirect=/page`: the code waits for the checkout, and the shopper goes to the page,
 * which must be the shop's own. Gives where to; null for any other path.
 */
export function followDiscountLink(shopper: Shopper, path: string, query: string): string | null {
  const code = /^\/discount\/([^/]+)$/.exec(path)?.[1];
  if (code === undefined) return null;
  shopper.linked = decodeURIComponent(code);
  const redirect = new URLSearchParams(query).get("redirect") ?? "/";
  return /^\/(?![/\\])/.test(redirect) ? redirect : "/";
}

/** The code of the newest link comes onto the checkout once; one that does not hold is left out in silence. */
export function applyLinked(shopper: Shopper, applyCodes: () => void): void {
  if (shopper.linked === null) return;
  shopper.codes.push(shopper.linked);
  shopper.linked = null;
  applyCodes();
  shopper.refused = [];
}
