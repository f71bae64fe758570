import type { Code } from "./discount.ts";

/** How far a code is on each side, in the words of every screen and file. */
export const SHOPIFY_STATES: Record<Code["shopifyState"], string> = {
  planned: "Being made",
  live: "Live",
  failed: "Failed",
  retired: "Retired",
};

export const IMPACT_STATES: Record<Code["impactState"], string> = {
  planned: "Waiting",
  registered: "Registered",
  failed: "Failed",
  expired: "Expired",
};

/** What is not in Shopify yet has nothing to be registered: null. */
export function impactStateOf({
  shopifyState,
  impactState,
}: Pick<Code, "shopifyState" | "impactState">): Code["impactState"] | null {
  const isWaiting = shopifyState !== "live" && impactState === "planned";
  return isWaiting ? null : impactState;
}
