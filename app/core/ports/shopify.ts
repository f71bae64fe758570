import type { Chosen, DiscountTerms } from "../codes/discount.ts";
import type { TermsField } from "../codes/terms-draft.ts";
import type { DiscountCode, OrderId, ShopDomain } from "../ids.ts";
import type { FinancialStatus, OrderFacts } from "../orders/order-facts.ts";
import type { Problem, Result } from "../result.ts";
import type { ShopDetails } from "../shops/shop-details.ts";

export type ShopifyProblem = Problem<
  "throttled" | "unavailable" | "access-denied" | "shop-closed" | "not-found" | "refused"
>;

/** What Shopify says of terms it does not take; null where no field of ours is meant. */
export interface TermsRefusal {
  field: TermsField | null;
  message: string;
}

export interface CodeCreation {
  done: boolean;
  /** Every code was made; then nothing is said of each. */
  allMade: boolean;
  /** Filled when done and not all were made: what became of each code. */
  rows: { code: DiscountCode; problem: string | null; taken: boolean }[];
}

/** What becomes of codes that are to be removed from a discount. */
export interface Removal {
  /**
   * Null: it has none of them any more. `isLast` tells that the discount surely has no other: Shopify
   * may not let go of the last one.
   */
  job: { id: string; isLast: boolean } | null;
  /** They open another discount by now, so that customers go on using them: nothing is done about them. */
  elsewhere: { code: DiscountCode; title: string }[];
}

/** A discount as Shopify has it at this moment. */
export interface SeenDiscount {
  terms: DiscountTerms;
  /** It has ended, as planned or because somebody deactivated it. */
  isEnded: boolean;
  codesCount: number;
  /** False: it has at least so many. */
  isCounted: boolean;
}

/** A code discount as Shopify lists it. */
export interface ListedDiscount {
  shopifyId: string;
  title: string;
  /** Shopify's own sentence about what it gives. */
  summary: string;
  state: "active" | "expired" | "scheduled";
  codesCount: number;
  /** False: it has at least so many. */
  isCounted: boolean;
  /** One of its codes; null where it has none. */
  firstCode: DiscountCode | null;
}

export interface OrderDetails {
  /** Shopify has worked out the customer's history; until then the index is not to be trusted. */
  isReady: boolean;
  /** Position among the customer's orders from 0; null when Shopify can't say. */
  customerOrderIndex: number | null;
  /** Product type by line id. */
  productTypes: Map<string, string>;
}

/** What tells versions of an order apart: two of them may have been made within one second. */
export interface OrderVersion {
  updatedAt: Date;
  financialStatus: FinancialStatus | null;
  isCancelled: boolean;
  /** How many it has; a list names five at most, as each costs points. */
  refunds: number;
  /** When one of these was last changed, as far as is known; null where it has none. */
  refundedAt: Date | null;
  /** What it says its lines come to now, in the shop's minor units; null where it was not told. */
  subtotalMinor: number | null;
}

export interface ListedOrder extends OrderVersion {
  orderId: OrderId;
  placedAt: Date;
}

export interface Shopify {
  shopDetails(shop: ShopDomain): Promise<Result<ShopDetails, ShopifyProblem>>;
  /** The discount a code opens, whoever made it. Shopify ignores case. */
  findDiscountByCode(
    shop: ShopDomain,
    code: DiscountCode,
  ): Promise<Result<{ discountId: string; title: string; tags: string[] } | null, ShopifyProblem>>;
  /** The discounts that up to 40 codes open, in one call; a code that opens none is left out. */
  locateCodes(
    shop: ShopDomain,
    codes: readonly DiscountCode[],
  ): Promise<Result<Map<DiscountCode, { shopifyId: string; title: string }>, ShopifyProblem>>;
  /** A page of all code discounts, whoever made them, newest first; those with `search` in their title. */
  listDiscounts(
    shop: ShopDomain,
    page: { search: string; after: string | null },
  ): Promise<Result<{ discounts: ListedDiscount[]; next: string | null }, ShopifyProblem>>;
  /** The newest codes of a discount, 250 a page. */
  listNewestCodes(
    shop: ShopDomain,
    discountId: string,
    after: string | null,
  ): Promise<Result<{ codes: DiscountCode[]; next: string | null }, ShopifyProblem>>;
  /** The same with its terms, for a code that is to become one of ours. */
  readDiscountTerms(
    shop: ShopDomain,
    code: DiscountCode,
  ): Promise<Result<{ discountId: string; terms: DiscountTerms } | null, ShopifyProblem>>;
  /** Up to 25 discounts in one call, by their Shopify ids; one that Shopify no longer has is left out. */
  readDiscounts(
    shop: ShopDomain,
    shopifyIds: readonly string[],
  ): Promise<Result<Map<string, SeenDiscount>, ShopifyProblem>>;
  /**
   * A page of a discount's codes as they were made, with how many it has in all at that moment: a
   * nested list may be cut short. Null where Shopify no longer has the discount.
   */
  listCodes(
    shop: ShopDomain,
    shopifyId: string,
    after: string | null,
  ): Promise<
    Result<
      {
        codes: DiscountCode[];
        codesCount: number;
        /** False: it has at least so many. */
        isCounted: boolean;
        next: string | null;
      } | null,
      ShopifyProblem
    >
  >;
  /** Lets an ended discount run on, without an end. */
  activateDiscount(shop: ShopDomain, shopifyId: string): Promise<Result<null, ShopifyProblem>>;
  /** Makes a discount with its first code. `tag` marks it as ours, so that a lost answer can be found. */
  createDiscount(
    shop: ShopDomain,
    discount: { terms: DiscountTerms; firstCode: DiscountCode; tag: string },
  ): Promise<Result<{ discountId: string }, ShopifyProblem>>;
  /**
   * Gives a discount other terms, all of which this app can say, and tells it as Shopify has it then.
   * What Shopify does not take is told field by field, and nothing is changed. `keepsStart`: it
   * begins when Shopify says, as we may know an earlier begin.
   */
  updateDiscount(
    shop: ShopDomain,
    shopifyId: string,
    terms: DiscountTerms,
    how: { keepsStart: boolean },
  ): Promise<Result<{ seen: SeenDiscount } | { refusals: TermsRefusal[] }, ShopifyProblem>>;
  /** Takes a discount and its codes out of Shopify; one that Shopify doesn't have is that already. */
  deleteDiscount(shop: ShopDomain, shopifyId: string): Promise<Result<null, ShopifyProblem>>;
  /**
   * Customer segments whose names hold words that begin like these, 50 a page. Needs a scope that the
   * merchant may allow.
   */
  listSegments(
    shop: ShopDomain,
    page: { words: string; after: string | null },
  ): Promise<Result<{ segments: Chosen[]; next: string | null }, ShopifyProblem>>;
  /** At most 250 codes; runs at Shopify in the background. */
  addCodes(
    shop: ShopDomain,
    discountId: string,
    codes: DiscountCode[],
  ): Promise<Result<{ bulkCreationId: string }, ShopifyProblem>>;
  readCreation(
    shop: ShopDomain,
    bulkCreationId: string,
  ): Promise<Result<CodeCreation, ShopifyProblem>>;
  /**
   * Begins to remove at most 50 codes from a discount, in the background at Shopify. Asked again for what
   * was to be removed before, it looks up each code itself.
   */
  removeCodes(
    shop: ShopDomain,
    discountId: string,
    codes: readonly DiscountCode[],
    how: { isAskedAgain: boolean },
  ): Promise<Result<Removal, ShopifyProblem>>;
  /** Whether a removal has run; one that Shopify has forgotten has. */
  readRemoval(shop: ShopDomain, jobId: string): Promise<Result<{ done: boolean }, ShopifyProblem>>;
  /** Ends a discount for customers; one that Shopify doesn't have, or that has ended, is that already. */
  deactivateDiscount(shop: ShopDomain, discountId: string): Promise<Result<null, ShopifyProblem>>;
  /** What webhooks don't carry, for up to 50 orders in one call; an order Shopify no longer has is left out. */
  orderDetails(
    shop: ShopDomain,
    orderIds: OrderId[],
  ): Promise<Result<Map<OrderId, OrderDetails>, ShopifyProblem>>;
  /**
   * The whole order as a webhook would have told it, except the customer's e-mail; its landing page is
   * read for a name of the shop's own too, if it has one. Null: Shopify has none.
   */
  readOrder(
    shop: ShopDomain,
    orderId: OrderId,
    how?: { clickParameter: string | null },
  ): Promise<Result<OrderFacts | null, ShopifyProblem>>;
  /** Orders by when they were last changed, oldest first. Without read_all_orders the last 60 days. */
  listOrders(
    shop: ShopDomain,
    query: { updatedFrom: Date; updatedTo: Date; cursor: string | null },
  ): Promise<Result<{ orders: ListedOrder[]; nextCursor: string | null }, ShopifyProblem>>;
  /** The app's web pixel in the shop and where it tells clicks; null: it is not active. */
  readPixel(
    shop: ShopDomain,
  ): Promise<Result<{ id: string; endpoint: string | null } | null, ShopifyProblem>>;
  /** Activates the pixel; with an id, gives the one that is active this endpoint. */
  savePixel(
    shop: ShopDomain,
    pixel: { id: string | null; endpoint: string },
  ): Promise<Result<void, ShopifyProblem>>;
  /** How many orders Shopify has that were placed in [from, to). Hurried: for a page that is waited for. */
  countOrders(
    shop: ShopDomain,
    period: { from: Date; to: Date },
    how?: { isHurried: boolean },
  ): Promise<Result<number, ShopifyProblem>>;
}
