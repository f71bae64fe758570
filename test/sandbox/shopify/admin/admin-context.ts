import type { AdminJobs } from "#test/sandbox/shopify/admin/admin-jobs.ts";
import type { OrderWebhook } from "#test/sandbox/shopify/orders/order-webhook.ts";
import type { Installation, Shop, ShopifyState } from "#test/sandbox/shopify/state.ts";

/** What every resolver of one request may use. */
export interface AdminContext {
  state: ShopifyState;
  shop: Shop;
  installation: Installation;
  /** Scopes of the access token that came with the request. */
  scopes: string[];
  jobs: AdminJobs;
  now: Date;
  /** Whether a refused redeem code carries a DiscountErrorCode, or the message alone. */
  redeemCodeErrorsCarryCode: boolean;
  /** Whether searches have heard of redeem codes already; an index may come late. */
  redeemCodesAreIndexed: boolean;
  /** Whether searches still find redeem codes that are gone. */
  removedCodesAreFound: boolean;
  /** Whether a discount's own list has heard of its redeem codes. */
  redeemCodesAreListed: boolean;
  /** Further a discount's codes are not counted: Shopify is said to stop at 10,000. */
  codesAreCountedTo: number;
  /** Whether a discount may lose its last redeem code; documented nowhere. */
  lastRedeemCodeStays: boolean;
  /** Fields refused whatever was granted ("Order.cancelReason"): the rest is told beside the error. */
  deniedFields: string[];
  announce: (shop: Shop, change: OrderWebhook) => void;
}
