import type { HeldItem } from "../conversions/conversion.ts";
import type { OrderId, ShopDomain } from "../ids.ts";

/** impact.com's words for why an action is changed or reversed (reference/impact.md, section 3). */
export type Disposition =
  | "ORDER_UPDATE"
  | "ITEM_RETURNED"
  | "ITEM_OUT_OF_STOCK"
  | "CONS_FRAUD"
  | "ORDER_ERROR"
  | "REJECTED"
  | "TEST_ACTION"
  | "CREDITED_DIFFERENT_MP"
  | "OTHER";

/**
 * A change or reversal of a conversion that impact.com has credited. Its values are absolute, so that
 * sending it twice changes nothing; one at a time for each conversion, so that the newest wins.
 * ready → sending → sent → applied | failed; a send that failed goes back to ready.
 */
export interface Adjustment {
  id: string;
  shop: ShopDomain;
  orderId: OrderId;
  conversionId: string;
  kind: "modification" | "reversal";
  disposition: Disposition;
  /** What impact.com holds once it is applied: every SKU that was sent, changed or not. */
  target: HeldItem[];
  currency: string;
  fromMinor: number;
  toMinor: number;
  state: "ready" | "sending" | "sent" | "applied" | "failed";
  /** Of a failed one. */
  reason: "locked" | "refused" | null;
  attempts: number;
  /** Sendings in a row that were begun and came to no end, the one under way included. */
  unfinished: number;
  leaseUntil: Date | null;
  nextAttemptAt: Date | null;
  problem: string | null;
  createdAt: Date;
  sentAt: Date | null;
  settledAt: Date | null;
}

/** Of a reversal that no change of the order calls for: impact.com had misread an amount. */
export const TAKEN_BACK = "OTHER" satisfies Disposition;

/** It stands whatever becomes of the order meanwhile: what is earned is reported anew afterwards. */
export function isTakenBack({ disposition }: Pick<Adjustment, "disposition">): boolean {
  return disposition === TAKEN_BACK;
}
