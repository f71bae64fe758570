import type { DiscountCode, PartnerId } from "../ids.ts";

/** A code that works and earns, as its partner is told of it. */
export interface HandOutCode {
  code: DiscountCode;
  link: string;
  /** What a customer gets, in one sentence. */
  terms: string;
  startsAt: Date;
  endsAt: Date | null;
  /** Its registration pays only where a click of the partner's came before as well. */
  needsClick: boolean;
}

/** For whom that matters, beside the code. */
export const NEEDS_CLICK =
  "This code earns you an order only where a click on your own link came before as well.";

/** What one partner is given. */
export interface HandOut {
  shopName: string;
  partner: { partnerId: PartnerId; name: string };
  codes: HandOutCode[];
}

/** More pictures take so long to draw, and so much room, that nobody would wait for them. */
export const MOST_PICTURES = 5_000;
