import type { DiscountTerms } from "../codes/discount.ts";
import type { DiscountCode, OrderId, ShopDomain } from "../ids.ts";
import type { Problem, Result } from "../result.ts";
import type { ShopDetails } from "../shops/shop-details.ts";

export type ShopifyProblem = Problem<
  "throttled" | "unavailable" | "access-denied" | "not-found" | "refused"
>;

export interface CodeCreation {
  done: boolean;
  /** Filled when done: what became of each code. */
  rows: { code: DiscountCode; problem: string | null; taken: boolean }[];
}

export interface OrderDetails {
  /** Position among the customer's orders from 0; null when Shopify can't say. */
  customerOrderIndex: number | null;
  /** Product type by line id. */
  productTypes: Map<string, string>;
}

export interface Shopify {
  shopDetails(shop: ShopDomain): Promise<Result<ShopDetails, ShopifyProblem>>;
  /** The discount a code opens, whoever made it. Shopify ignores case. */
  findDiscountByCode(
    shop: ShopDomain,
    code: DiscountCode,
  ): Promise<Result<{ discountId: string; title: string; tags: string[] } | null, ShopifyProblem>>;
  /** Makes a discount with its first code. `tag` marks it as ours, so that a lost answer can be found. */
  createDiscount(
    shop: ShopDomain,
    discount: { terms: DiscountTerms; firstCode: DiscountCode; tag: string },
  ): Promise<Result<{ discountId: string }, ShopifyProblem>>;
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
  orderDetails(shop: ShopDomain, orderId: OrderId): Promise<Result<OrderDetails, ShopifyProblem>>;
}
