import type { PartnerId, ShopDomain } from "../../ids.ts";
import type { Shape } from "./family-shape.ts";

/** All codes of a partner that one regular expression at impact.com stands for. */
export interface CodeFamily {
  id: string;
  shop: ShopDomain;
  partner: { partnerId: PartnerId; name: string };
  shape: Shape;
  /** "ending": its last code has gone, and impact.com is being told. No code joins it any more. */
  state: "planned" | "registered" | "failed" | "ending";
  promoCodeId: string | null;
  problem: string | null;
  attempts: number;
  /** Who is registering it may hold it until then. */
  leaseUntil: Date | null;
  /** From then on it is registered: no code of it is older. */
  createdAt: Date;
}

/** A family that is to be, or may be. */
export interface FamilyDraft {
  partnerId: PartnerId;
  shape: Shape;
}
