import type { Code } from "../codes/discount.ts";

/** Why a code can't be changed as it stands in Shopify; null where it can. */
export function whyNotLive({ code, shopifyState }: Code): string | null {
  if (shopifyState === "live") return null;
  if (shopifyState === "retired") return `${code} was retired already.`;
  if (shopifyState === "planned") {
    return `${code} is not made in Shopify yet. Wait for its batch, or cancel that.`;
  }
  return `${code} was never made in Shopify, so there is nothing to change.`;
}

/** It can't be told impact.com anything of that code, or family. */
export function notConnected(code: string): string {
  return `${code} is registered at impact.com, which is not connected. Connect it again, then try again.`;
}
