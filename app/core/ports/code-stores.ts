import type { KnownCode } from "../attribution/attribution.ts";
import type { CodeSelection, CodeSort } from "../codes/code-selection.ts";
import type { Code, Discount, DiscountTerms } from "../codes/discount.ts";
import type { DiscountCode, OrderId, PartnerId, ShopDomain } from "../ids.ts";
import type { Reach } from "../uploads/reach.ts";
import type { StandingCodeStore } from "./standing-code-stores.ts";

export interface NewCode {
  code: DiscountCode;
  partnerId: PartnerId;
  /** From when it is the partner's; from when it is made unless told. */
  startsAt?: Date | null;
  /** Its own end; as long as its discount unless told. */
  endsAt?: Date | null;
  /** ALWAYS unless told. */
  reach?: Reach | null;
  /** Whose registration is its own too. */
  familyId?: string | null;
}

/** A code on an order, and whom that order was attributed to. */
export interface CodeUse {
  id: string;
  code: DiscountCode;
  partnerId: PartnerId;
  placedAt: Date;
}

export interface Cover {
  /** A registration at impact.com holds, or did when the order was placed. */
  isRegistered: boolean;
  /** When that registration begins, where the order is older. */
  beginsAt: Date | null;
  /** The code was retired, and is registered no more or never was: nobody will register it. */
  isGone: boolean;
  /** The code was another partner's then. */
  isAnothers: boolean;
  /** The code has gone to another partner since, whom impact.com would pay for it: their name. */
  paysInstead: string | null;
  /** As impact.com spells the code, where that is otherwise. */
  registeredAs: string | null;
  /** The code's id, where it was left alone as it had ended: it is registered for its orders. */
  leftEndedId: string | null;
}

/** A code that the shop has, and whose it is now. */
export interface OwnCode {
  code: DiscountCode;
  discountId: string;
  discountTitle: string;
  shopifyState: Code["shopifyState"];
  /** Shopify has had it at some time; what it refused at once has no history. */
  wasLive: boolean;
  partner: { partnerId: PartnerId; name: string } | null;
  /** Since when it is the partner's. */
  startsAt: Date | null;
  /** The end of its own, if it has one. */
  endsAt: Date | null;
  reach: Reach | null;
}

export interface DiscountStore {
  /** Stores the discount, its codes, their assignments and the batch that makes them, or nothing. */
  create(
    shop: ShopDomain,
    draft: { draftKey: string; terms: DiscountTerms; codes: NewCode[] },
    now: Date,
  ): Promise<{ discountId: string; batchId: string; isNew: boolean }>;
  /** Takes in a live code that was made in Shopify, with its discount where that isn't ours yet. */
  adopt(
    shop: ShopDomain,
    found: { shopifyId: string; terms: DiscountTerms; code: DiscountCode },
    now: Date,
  ): Promise<void>;
  find(shop: ShopDomain, discountId: string): Promise<Discount | null>;
  findByDraftKey(shop: ShopDomain, draftKey: string): Promise<string | null>;
  list(shop: ShopDomain): Promise<DiscountSummary[]>;
  /** Newest first. */
  listTitles(shop: ShopDomain): Promise<{ discountId: string; title: string }[]>;
  saveShopifyId(shop: ShopDomain, discountId: string, shopifyId: string): Promise<void>;
}

export interface DiscountSummary extends Discount {
  codes: number;
  live: number;
  registered: number;
  failed: number;
}

export interface CodeCounts {
  all: number;
  live: number;
  registered: number;
  /** On either side. */
  failed: number;
  /** Live, and still to be registered. */
  waiting: number;
}

/** All codes of one thing. */
export type CodesOf = { discountId: string } | { batchId: string } | { codeId: string };

/** Those that come next after a code, or right before it. */
export interface CodesBeside {
  side: "after" | "before";
  code: string;
}

export interface CodePage {
  codes: Code[];
  hasPrevious: boolean;
  hasNext: boolean;
}

/** A code as the Codes page lists it. */
export interface ListedCode extends Code {
  discountTitle: string;
  createdAt: Date;
  /** When the newest order was placed that came with it, to within a day. */
  lastUsedAt: Date | null;
}

export interface ListedPage {
  codes: ListedCode[];
  /** On all pages together, or `countUpTo` where there are as many or more. */
  matching: number;
  /** The places to go on from on either side; null where there is nothing. */
  previous: string | null;
  next: string | null;
}

export interface CodeStore extends StandingCodeStore {
  /** A page of the selected codes as they are sorted: what comes after a place, or right before it. */
  pageListed(
    shop: ShopDomain,
    selection: CodeSelection,
    page: {
      sort: CodeSort;
      beside: { side: "after" | "before"; place: string } | null;
      limit: number;
      countUpTo: number;
    },
  ): Promise<ListedPage>;
  /**
   * The ids of the selected codes by their text, so many at a time, each once; `next` is the `after`
   * of the page that follows. What comes to match or no longer does while somebody walks may be missed.
   */
  pageSelected(
    shop: ShopDomain,
    selection: CodeSelection,
    page: { after: string | null; limit: number },
  ): Promise<{ codeIds: string[]; next: string | null }>;
  /** How many are selected, or `upTo` where there are as many or more: counting all of them takes time. */
  countSelected(
    shop: ShopDomain,
    selection: CodeSelection,
    options?: { upTo?: number },
  ): Promise<number>;
  find(shop: ShopDomain, codeId: string): Promise<Code | null>;
  findByCode(shop: ShopDomain, code: DiscountCode): Promise<Code | null>;
  /** By their ids, what impact.com can do with these orders; one of a code that isn't ours is left out. */
  listCovers(shop: ShopDomain, orders: readonly CodeUse[]): Promise<Map<string, Cover>>;
  /** Waits for whoever writes down a registration of these; nobody else does until the transaction ends. */
  hold(shop: ShopDomain, codes: readonly DiscountCode[]): Promise<void>;
  /** Which of these the shop has, whatever has become of them. */
  listTaken(shop: ShopDomain, codes: readonly DiscountCode[]): Promise<DiscountCode[]>;
  /** A discount's codes by their text, a page of them, and whether there are more on either side. */
  pageForDiscount(
    shop: ShopDomain,
    discountId: string,
    page: { beside: CodesBeside | null; limit: number },
  ): Promise<CodePage>;
  countForDiscount(shop: ShopDomain, discountId: string): Promise<CodeCounts>;
  /**
   * Codes that Shopify refused at once count as never planned, as does what their batches say of them:
   * so they can be planned anew. Gives those.
   */
  forgetNeverMade(
    shop: ShopDomain,
    of: { discountId: string; codes: readonly DiscountCode[] },
  ): Promise<DiscountCode[]>;
  /** Codes that Shopify refused are planned again, but those of a batch that is being cancelled. */
  planFailed(shop: ShopDomain, of: CodesOf): Promise<void>;
  /**
   * Live codes that impact.com refused are planned again; gives the ids of those with a registration
   * of their own. They count as tried once, so that impact.com is asked for each before it is told again.
   */
  planUnregistrable(shop: ShopDomain, of: CodesOf | "all"): Promise<string[]>;
  /** Of these the codes that the shop has, with their discounts and partners. */
  listOwn(shop: ShopDomain, codes: readonly DiscountCode[]): Promise<OwnCode[]>;
  /**
   * Live codes whose own end has come, those that ended first, but those that a change is at work on,
   * and those that could not be retired since: a check of both sides finds them.
   */
  listEnded(shop: ShopDomain, now: Date, limit: number): Promise<string[]>;
  /** A discount's live codes that were not registered since they had ended, but those whose own end is past. */
  listLeftEnded(shop: ShopDomain, discountId: string, now: Date): Promise<string[]>;
  /** Partners with a code whose ALWAYS registration runs now, by name: impact.com tracks no click of theirs. */
  listAlwaysPartners(
    shop: ShopDomain,
    now: Date,
    limit: number,
  ): Promise<{ partnerId: PartnerId; name: string }[]>;
  /** Live codes of partners that are registered otherwise than ALWAYS, by their text. */
  listNotAlways(
    shop: ShopDomain,
    limit: number,
  ): Promise<{ codeId: string; code: DiscountCode; reach: Exclude<Reach, "ALWAYS"> }[]>;
  /** Of these, live or not, those registered otherwise than ALWAYS: without its partner's click none pays anybody. */
  listNeedingClick(shop: ShopDomain, codes: readonly DiscountCode[]): Promise<DiscountCode[]>;
  /** The texts of the shop's codes, newest first. */
  listTexts(shop: ShopDomain, limit: number): Promise<DiscountCode[]>;
  /**
   * The ids of live codes of no family that wait to be registered, or that have ended there and run
   * again.
   */
  listUnregistered(shop: ShopDomain, now: Date): Promise<string[]>;
  /** Registered codes count as planned again, and their registrations are looked up before made. */
  forgetRegistrations(shop: ShopDomain): Promise<void>;
  /**
   * Our codes on each order that Shopify has not refused, with their partners when the order was
   * placed; an order without such a code is left out.
   */
  knownOn(
    shop: ShopDomain,
    orders: readonly { orderId: OrderId; codes: readonly DiscountCode[]; placedAt: Date }[],
  ): Promise<Map<OrderId, KnownCode[]>>;
  /**
   * Gives a code to a partner from that moment on, or from earlier on where it is the partner's
   * already. Never reaches back into the time of another partner who had it.
   */
  assign(
    shop: ShopDomain,
    codeId: string,
    assignment: { partnerId: PartnerId; startsAt: Date },
  ): Promise<void>;
  /** Whose the code is, or was last where it is nobody's any more; null where it never was anybody's. */
  findLastPartner(shop: ShopDomain, codeId: string): Promise<PartnerId | null>;
  count(shop: ShopDomain): Promise<CodeCounts>;
  saveShopifyState(
    shop: ShopDomain,
    codeId: string,
    state: { state: Code["shopifyState"]; problem: string | null },
    now: Date,
  ): Promise<void>;
  /** Of these, in their order, the live ones that a job may register: no file and no change of them is under way. */
  listToRegister(shop: ShopDomain, codeIds: readonly string[]): Promise<string[]>;
  /**
   * Takes an unregistered code for registering; null if it is registered, somebody else has it, it
   * waits in a registration file, or a change of it is under way. The try counts from now on, so that
   * whoever comes after a dead one asks impact.com; the code that is given does not count it yet.
   */
  claimForRegistration(
    shop: ShopDomain,
    codeId: string,
    lease: { now: Date; until: Date },
  ): Promise<Code | null>;
  /**
   * Ends the lease too. Writes nothing, and says so, where somebody else has taken the code since, or
   * it is registered or expired.
   */
  saveImpactState(
    shop: ShopDomain,
    held: Pick<Code, "id" | "leaseUntil">,
    state: {
      state: Code["impactState"];
      problem: string | null;
      promoCodeId?: string;
      registeredAs?: string | null;
      /** When what is registered begins, where that is to come; null where it is not told. */
      registeredFrom?: Date | null;
      attempts: number;
    },
    now: Date,
  ): Promise<boolean>;
}
