import type { Standing } from "../codes/expressions/find-standing.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { PromoCode } from "../ports/impact.ts";

/** Where the codes are looked for. */
export type AdoptionSource =
  /** In discounts that were picked. */
  | { kind: "picked" }
  /** In every discount that Shopify lists for this search; "" is all. */
  | { kind: "every"; search: string }
  /** At impact.com: what is registered there, lives in Shopify and is not managed here. */
  | { kind: "impact" }
  /** Here: live codes that nobody has. */
  | { kind: "nobodys" };

/** How partners are found for them. */
export type PartnersBy =
  /** Whoever impact.com credits by the code already. */
  | { kind: "impact" }
  /** By a name or id in the code, where this pattern has it. */
  | { kind: "pattern"; pattern: string }
  /** Whom an uploaded file names: so many rows of it were read, and so many are wrong. */
  | { kind: "file"; fileName: string; headings: string[]; rows: number; wrong: number }
  /** They are managed, and nobody's for now. */
  | { kind: "nobody" };

/** Where reading goes on. */
export type AdoptionPlace =
  /** Shopify's discounts after that cursor. */
  | { stage: "discounts"; after: string | null }
  /** Codes of one discount; null: of the next that is not read. `pass` counts how often it was listed. */
  | { stage: "codes"; shopifyId: string | null; pass: number; after: string | null }
  /** Codes of ours that nobody has, after that one. */
  | { stage: "nobodys"; after: DiscountCode | null }
  | { stage: "impact"; programId: string; page: number }
  /** Codes after that one, in which discounts they live. */
  | { stage: "locate"; after: DiscountCode | null }
  /** Codes after that one, whose they will be. */
  | { stage: "judge"; after: DiscountCode | null };

export interface AdoptionPlan {
  source: AdoptionSource;
  by: PartnersBy;
  place: AdoptionPlace;
  /** That stand at impact.com and are none of the shop's families, as far as its list was read. */
  expressions?: Standing[];
  /** The program whose registrations were read. */
  registeredIn?: string;
}

/** Codes that are to be taken under management: read and judged first, adopted by a batch afterwards. */
export interface Adoption {
  id: string;
  shop: ShopDomain;
  state: "reading" | "checked" | "taken" | "failed";
  plan: AdoptionPlan;
  /** Of the row: whoever saves must know the newest. */
  version: number;
  attempts: number;
  problem: string | null;
  /** From when partners have their codes, once it is taken. */
  startsAt: Date | null;
  batchId: string | null;
  createdAt: Date;
  expiresAt: Date;
}

/**
 * What becomes of a code. "managed": it is managed already, and left alone. "nobodys": adopted without
 * a partner. "refused": the same, because somebody else has it at impact.com.
 */
export type AdoptionVerdict = "managed" | "assigned" | "nobodys" | "refused";

/** By what its partner was found. */
export type FoundBy = "impact" | "family" | "pattern" | "file";

/** A code that is to be adopted, before it is judged. */
export interface FoundCode {
  code: DiscountCode;
  /** The discount it opens; null for one that is ours already. */
  shopifyId: string | null;
  /** Its registration at impact.com that stands. */
  atImpact: PromoCode | null;
  /** Another registration that stands, to another partner, in another spelling. */
  rival: PromoCode | null;
  /** Whom an uploaded file names. */
  namedId: PartnerId | null;
  /** It is ours, and somebody's or gone from Shopify. */
  isManaged: boolean;
}

/** A row of an uploaded file that names no partner for any of the codes, and why. */
export interface WrongRow {
  number: number;
  cells: string[];
  problems: string[];
}

export interface JudgedCode {
  code: DiscountCode;
  verdict: AdoptionVerdict;
  partnerId: PartnerId | null;
  because: FoundBy | null;
  /** Why it will be nobody's. */
  problem: string | null;
}

/** What was read is kept for so long: by then the other side has other codes. */
export const ADOPTION_KEPT_MS = 86_400_000;
