import type { Adjustment } from "../adjustments/adjustment.ts";
import type { OrderId, ShopDomain } from "../ids.ts";

export type NewAdjustment = Pick<
  Adjustment,
  | "orderId"
  | "conversionId"
  | "kind"
  | "disposition"
  | "target"
  | "currency"
  | "fromMinor"
  | "toMinor"
>;

export interface AdjustmentStore {
  /** Null where the conversion has one on its way already. */
  create(shop: ShopDomain, adjustment: NewAdjustment, now: Date): Promise<Adjustment | null>;
  find(shop: ShopDomain, adjustmentId: string): Promise<Adjustment | null>;
  /** The one on its way where there is one: it is always the newest. */
  newestFor(shop: ShopDomain, conversionId: string): Promise<Adjustment | null>;
  /** Oldest first. */
  listForOrder(shop: ShopDomain, orderId: OrderId): Promise<Adjustment[]>;
  /** Those created before that still wait, oldest first. */
  listOverdue(shop: ShopDomain, page: { before: Date; limit: number }): Promise<Adjustment[]>;
  /** Takes a ready adjustment (or one whose sender died) for sending; null if somebody else has it. */
  claim(
    shop: ShopDomain,
    adjustmentId: string,
    lease: { now: Date; until: Date },
  ): Promise<Adjustment | null>;
  /** Holds a claimed adjustment longer, and writes down what is about to be sent. */
  renewLease(shop: ShopDomain, adjustment: Adjustment, until: Date): Promise<boolean>;
  /** Saves and gives the lease back; false, and nothing saved, where somebody else holds it now. */
  save(shop: ShopDomain, adjustment: Adjustment): Promise<boolean>;
  /** Takes away a claimed one that was never sent; false where somebody else holds it now. */
  remove(shop: ShopDomain, adjustment: Adjustment): Promise<boolean>;
}
