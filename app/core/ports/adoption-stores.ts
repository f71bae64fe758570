import type {
  Adoption,
  AdoptionPlan,
  AdoptionVerdict,
  FoundBy,
  FoundCode,
  JudgedCode,
  WrongRow,
} from "../adopting/adoption.ts";
import type { DiscountTerms } from "../codes/discount.ts";
import type { DiscountCode, OrderId, PartnerId, ShopDomain } from "../ids.ts";
import type { ListedPromoCode, PromoCode } from "./impact.ts";

/** A discount of Shopify whose codes are to be adopted. */
export interface AdoptionDiscount {
  shopifyId: string;
  title: string;
  /** As Shopify counts them. */
  codesCount: number;
  isRead: boolean;
}

/** With how many of its codes were listed. */
export interface ReadDiscount extends AdoptionDiscount {
  listed: number;
}

/** The discounts of an adoption, taken together. */
export interface ReadDiscounts {
  all: number;
  /** Of the one with most codes; null where there is none. */
  title: string | null;
  /** Of all of them, as Shopify counts and as it has listed. */
  codesCount: number;
  listed: number;
  /** Some of those of which Shopify lists fewer codes than it counts. */
  short: ReadDiscount[];
}

export interface VerdictCount {
  verdict: AdoptionVerdict;
  because: FoundBy | null;
  codes: number;
}

export interface PartnerCount {
  partnerId: PartnerId;
  name: string;
  codes: number;
}

/** A code that is nobody's afterwards, and why. */
export interface LeftCode {
  code: DiscountCode;
  problem: string | null;
}

/** A code that is about to be adopted, and when its discount runs. */
export interface TakenCode {
  code: DiscountCode;
  partnerId: PartnerId | null;
  atImpact: PromoCode | null;
  /** Null where its discount is not ours, since Shopify no longer has it. */
  during: { startsAt: Date; endsAt: Date | null } | null;
}

/** How an adopted code is stored. */
export interface AdoptedCode {
  code: DiscountCode;
  partnerId: PartnerId | null;
  familyId: string | null;
  /** Its registration, taken over; null where it is to be registered, or not its partner's alone. */
  promoCodeId: string | null;
  /** How that registration spells the code, where it is otherwise. */
  registeredAs: string | null;
  /** When that registration begins, where that is to come. */
  registeredFrom: Date | null;
  /** Why the registration that stands can't be taken over. */
  impactProblem: string | null;
  /** Its discount is over, so it is not to be registered; `impactProblem` says so. */
  hasEnded: boolean;
}

/** What a batch has adopted so far. */
export interface AdoptedCounts {
  /** To be adopted, or adopted. */
  all: number;
  taken: number;
  assigned: number;
  nobodys: number;
  registered: number;
  unregistrable: number;
  /** Assigned, and not registered since their discounts have ended. */
  ended: number;
}

export interface AdoptionStore {
  /** Not new where that form was sent before. */
  create(
    shop: ShopDomain,
    draft: {
      draftKey: string;
      plan: AdoptionPlan;
      discounts: readonly { shopifyId: string; title: string }[];
    },
    times: { now: Date; expiresAt: Date },
  ): Promise<{ adoptionId: string; isNew: boolean }>;
  find(shop: ShopDomain, adoptionId: string): Promise<Adoption | null>;
  findByBatch(shop: ShopDomain, batchId: string): Promise<Adoption | null>;
  /** False where somebody else has saved it since it was read. */
  save(
    shop: ShopDomain,
    before: Adoption,
    after: Pick<Adoption, "state" | "plan" | "attempts" | "problem">,
  ): Promise<boolean>;
  /** Those that are there already stay as they are. */
  addDiscounts(
    shop: ShopDomain,
    adoptionId: string,
    discounts: readonly AdoptionDiscount[],
  ): Promise<void>;
  listDiscounts(shop: ShopDomain, adoptionId: string): Promise<ReadDiscounts>;
  findDiscount(
    shop: ShopDomain,
    adoptionId: string,
    shopifyId: string,
  ): Promise<AdoptionDiscount | null>;
  nextUnread(shop: ShopDomain, adoptionId: string): Promise<AdoptionDiscount | null>;
  saveRead(
    shop: ShopDomain,
    adoptionId: string,
    read: Pick<AdoptionDiscount, "shopifyId" | "codesCount" | "isRead">,
  ): Promise<void>;
  addCodes(
    shop: ShopDomain,
    adoptionId: string,
    found: { shopifyId: string | null; codes: readonly DiscountCode[] },
  ): Promise<void>;
  /** How many codes of a discount are here. */
  countFound(shop: ShopDomain, adoptionId: string, shopifyId: string): Promise<number>;
  /** Live codes of ours that nobody has, by their text, those after that one. */
  listNobodys(
    shop: ShopDomain,
    page: { after: DiscountCode | null; limit: number },
  ): Promise<DiscountCode[]>;
  /** Adds the codes of registrations that stand, but those that are managed here. */
  addUnmanaged(
    shop: ShopDomain,
    adoptionId: string,
    listed: readonly ListedPromoCode[],
  ): Promise<void>;
  /** The discounts that these codes live in; codes that live in none are left out. */
  saveLocated(
    shop: ShopDomain,
    adoptionId: string,
    codes: readonly DiscountCode[],
    located: ReadonlyMap<DiscountCode, { shopifyId: string; title: string }>,
  ): Promise<void>;
  /** Notes registrations that stand beside the codes that were found. */
  noteAtImpact(
    shop: ShopDomain,
    adoptionId: string,
    listed: readonly ListedPromoCode[],
  ): Promise<void>;
  /** By their text, those after that one. */
  listFound(
    shop: ShopDomain,
    adoptionId: string,
    page: { after: DiscountCode | null; limit: number },
  ): Promise<FoundCode[]>;
  /** Of these the codes that were found, and whose they are where they are managed already. */
  listAmong(
    shop: ShopDomain,
    adoptionId: string,
    codes: readonly DiscountCode[],
  ): Promise<{ code: DiscountCode; owner: { partnerId: PartnerId; name: string } | null }[]>;
  /** What an earlier file has said counts no more. */
  forgetFile(shop: ShopDomain, adoptionId: string): Promise<void>;
  /** What the next rows of a file say. */
  addFileRows(
    shop: ShopDomain,
    adoptionId: string,
    rows: {
      named: readonly { code: DiscountCode; partnerId: PartnerId }[];
      wrong: readonly WrongRow[];
    },
  ): Promise<void>;
  /** By number, those after that one. */
  listWrongRows(
    shop: ShopDomain,
    adoptionId: string,
    page: { after: number; limit: number },
  ): Promise<WrongRow[]>;
  saveJudged(shop: ShopDomain, adoptionId: string, judged: readonly JudgedCode[]): Promise<void>;
  countVerdicts(shop: ShopDomain, adoptionId: string): Promise<VerdictCount[]>;
  /** Who gets most codes first, and how many partners get any. */
  countPartners(
    shop: ShopDomain,
    adoptionId: string,
    limit: number,
  ): Promise<{ partners: PartnerCount[]; all: number }>;
  /** Codes that will be, or are, nobody's, by their text. */
  listLeft(
    shop: ShopDomain,
    adoptionId: string,
    page: { after: DiscountCode | null; limit: number },
  ): Promise<LeftCode[]>;
  /** Past orders, placed from then on, that the partners of assigned codes may earn. */
  countLate(shop: ShopDomain, adoptionId: string, since: Date): Promise<number>;
  /** The same in order of their ids, each with the first of these codes that was typed. */
  listLate(
    shop: ShopDomain,
    adoptionId: string,
    page: { since: Date; after: OrderId | null; limit: number },
  ): Promise<{ orderId: OrderId; code: DiscountCode; partnerId: PartnerId }[]>;
  /** A checked adoption becomes the batch that adopts its codes; null where it is not checked. */
  take(
    shop: ShopDomain,
    adoptionId: string,
    startsAt: Date,
    now: Date,
  ): Promise<{ batchId: string } | null>;
  /** Discounts with codes to be adopted that are not ours yet, by their Shopify ids. */
  listUnstored(shop: ShopDomain, adoptionId: string, limit: number): Promise<string[]>;
  /** The discount is ours from now on, with these terms. */
  storeDiscount(
    shop: ShopDomain,
    found: { shopifyId: string; terms: DiscountTerms },
    now: Date,
  ): Promise<void>;
  /** Shopify no longer has the discount: its codes count as refused, and are left out. */
  refuseDiscount(
    shop: ShopDomain,
    adoptionId: string,
    shopifyId: string,
    problem: string,
  ): Promise<void>;
  /** The next codes to be adopted by their text; held until the transaction ends. */
  holdNext(
    shop: ShopDomain,
    adoptionId: string,
    page: { after: DiscountCode | null; limit: number },
  ): Promise<TakenCode[]>;
  /**
   * Adopts codes, assigns them, and counts them as a done part of the batch. A code that has come to
   * be managed meanwhile stays as it is. Gives the ids of those that were assigned.
   */
  adopt(
    shop: ShopDomain,
    into: { adoptionId: string; batchId: string; startsAt: Date },
    codes: readonly AdoptedCode[],
    now: Date,
  ): Promise<string[]>;
  /** Of these codes, those that impact.com has still to be told of. */
  listUnregistered(shop: ShopDomain, codeIds: readonly string[]): Promise<string[]>;
  /** Notes of adopted codes when an order last came with them, before or since. */
  noteUses(shop: ShopDomain, adoptionId: string): Promise<void>;
  /** After that one, assigned codes that an order from then on may have come with. */
  listUsed(
    shop: ShopDomain,
    adoptionId: string,
    page: { since: Date; after: DiscountCode | null; limit: number },
  ): Promise<{ codeId: string; code: DiscountCode }[]>;
  countAdopted(shop: ShopDomain, adoptionId: string): Promise<AdoptedCounts>;
  /** How many codes of each discount, by its Shopify id, are managed here. */
  countManaged(shop: ShopDomain, shopifyIds: readonly string[]): Promise<Map<string, number>>;
}
