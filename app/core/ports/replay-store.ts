import type { KnownCode } from "../attribution/attribution.ts";
import type { Attributable } from "../attribution/attribute-order.ts";
import type { OrderId, PartnerId, ShopDomain } from "../ids.ts";
import type { SavedLookUp } from "./click-store.ts";
import type { AmountBasis } from "../shops/report-settings.ts";
import type { OrderReason } from "../orders/order-state.ts";

/** Of an order what decides who earns it. */
export interface ReplayOrder extends Attributable {
  orderId: OrderId;
  name: string;
  /** Net of discounts, in minor units of the shop's currency, before refunds. */
  netMinor: number;
  /** Our codes on it, with their partners when it was placed. */
  known: KnownCode[];
}

/** Where the next page begins. */
export interface ReplayPlace {
  placedAt: Date;
  orderId: OrderId;
}

/**
 * Orders with a code or a click, placed from then until before then (null: without end) in the shop's
 * own currency; `without` those that stand as they do for these reasons, and without redacted ones,
 * whose clicks are gone.
 */
export interface ReplaySpan {
  since: Date;
  until: Date | null;
  without: readonly OrderReason[];
}

/** Orders that stay with the same under every rule: with this partner, or with nobody (null). */
export interface SettledOrders {
  partner: { partnerId: PartnerId; name: string } | null;
  /** impact.com has credited them though this app reported nothing of them. */
  isCreditedThere: boolean;
  orders: number;
  /** As a ReplayOrder's. */
  netMinor: number;
}

/** Orders to be decided once more, and never written. */
export interface ReplayStore {
  /**
   * Those without a click that came with one code, and those that impact.com has credited without us:
   * summed by whom they go to.
   */
  sumSettled(shop: ShopDomain, span: ReplaySpan): Promise<SettledOrders[]>;
  /**
   * What whole orders of the shop's currency, placed since then, were first reported with by this basis,
   * and what they come to net: of the newest orders alone, as far as a page of them goes.
   */
  sumReported(
    shop: ShopDomain,
    orders: { basis: AmountBasis; since: Date },
  ): Promise<{ reportedMinor: number; netMinor: number }>;
  /** All others, the newest first. Fewer than `limit`: there are no more. */
  page(
    shop: ShopDomain,
    span: ReplaySpan,
    page: { after: ReplayPlace | null; limit: number },
  ): Promise<ReplayOrder[]>;
  /** Of a click that only a replay has asked about: `page` knows of it, and no order's decision. The newest word stands. */
  saveLookUp(shop: ShopDomain, lookUp: SavedLookUp, now: Date): Promise<void>;
}
