import type { Code } from "../codes/discount.ts";

/** What decides whether a code may be given to its partner. */
export interface HandOutStanding {
  /** Retired and failed codes are never among those to hand out. */
  shopifyState: Extract<Code["shopifyState"], "planned" | "live">;
  impactState: Code["impactState"];
  /** A change is under way: it may be another partner's in a moment. */
  isHeld: boolean;
  /** Of its partner with the shop's program. */
  hasContract: boolean;
  /** "ended": its own end has come, or the discount's. */
  discountState: "open" | "ended" | "deactivated" | "deleted";
}

export type NotReadyReason =
  | "being-made"
  | "no-discount"
  | "over"
  | "changing"
  | "no-contract"
  | "expired"
  | "refused"
  | "not-registered";

const WHY: Record<NotReadyReason, string> = {
  "being-made": "it's still being made in Shopify.",
  "no-discount": "its discount is gone from Shopify.",
  over: "it or its discount has ended, or its discount is deactivated.",
  changing: "it's being changed. Its batch tells how far that is.",
  "no-contract":
    "the partner has no live contract with your program, so impact.com would pay nothing.",
  expired: "it has expired at impact.com, so an order with it would earn nobody.",
  refused: "impact.com refused to register it. The Problems page says why.",
  "not-registered": "it's not registered at impact.com, so an order with it would earn nobody.",
};

/** Null for a code that works and earns its partner the order; else why it is kept back. */
export function whyNotReady(standing: HandOutStanding): NotReadyReason | null {
  const { shopifyState, impactState, discountState } = standing;
  if (shopifyState === "planned") return "being-made";
  if (discountState === "deleted") return "no-discount";
  if (discountState !== "open") return "over";
  if (standing.isHeld) return "changing";
  if (!standing.hasContract) return "no-contract";
  if (impactState === "registered") return null;
  if (impactState === "planned") return "not-registered";
  return impactState === "failed" ? "refused" : "expired";
}

/** Why a code is kept back, as a sentence for beside it. */
export function notReadySentence(reason: NotReadyReason): string {
  return `Not ready to hand out yet: ${WHY[reason]}`;
}
