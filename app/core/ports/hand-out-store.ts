import type { CodeSelection } from "../codes/code-selection.ts";
import type { Discount } from "../codes/discount.ts";
import type { HandOutStanding } from "../hand-outs/hand-out-standing.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";

/** Which codes are meant: of a selection, or those that one batch has made. */
export type HandOutScope = CodeSelection | { kind: "batch"; batchId: string };

/** A code that a partner has, live or being made. */
export interface PartnerCode extends HandOutStanding {
  codeId: string;
  code: DiscountCode;
  partner: { partnerId: PartnerId; name: string };
  discountId: string;
  /** Drawn by a pattern with a random part: that decides how easily it is guessed, not its text. */
  isRandom: boolean;
  /** From when it is the partner's. */
  assignedFrom: Date;
  /** The end of its own, if it has one. */
  endsAt: Date | null;
  /** Its registration's reach is not ALWAYS. */
  needsClick: boolean;
  /** When the newest order was placed that came with it, to within a day. */
  lastUsedAt: Date | null;
}

/** Codes stand by partner, and then by their text. */
export interface HandOutPlace {
  partnerId: PartnerId;
  code: DiscountCode;
}

export interface HandOutStore {
  /** Partners' codes that are live or being made, a page of them, as they stand now. */
  page(
    shop: ShopDomain,
    scope: HandOutScope,
    page: { beside: { side: "after" | "before"; place: HandOutPlace } | null; limit: number },
    now: Date,
  ): Promise<PartnerCode[]>;
  /** How many codes of the scope stand in each way that occurs. */
  count(
    shop: ShopDomain,
    scope: HandOutScope,
    now: Date,
  ): Promise<(HandOutStanding & { codes: number })[]>;
  /** Those of these discounts that the shop has. */
  listDiscounts(shop: ShopDomain, discountIds: readonly string[]): Promise<Discount[]>;
  /**
   * By code, how many orders it has earned the partner, or `upTo` where there are as many or more;
   * one that has earned none is left out.
   */
  countEarned(
    shop: ShopDomain,
    asked: { partnerId: PartnerId; codes: readonly DiscountCode[]; upTo: number },
  ): Promise<Map<DiscountCode, number>>;
  /** "/" for a shop that has chosen nothing, or is not there. */
  landingPath(shop: ShopDomain): Promise<string>;
  saveLandingPath(shop: ShopDomain, landingPath: string): Promise<void>;
}
