import type { DiscountCode, OrderId, PartnerId, ShopDomain } from "../ids.ts";
import type { OrderReason } from "../orders/order-state.ts";
import type { AmountBasis } from "../shops/report-settings.ts";
import type { ConversionLine } from "./conversion-lines.ts";
import type { OrderPart } from "./part-of-lines.ts";

/**
 * What is reported to impact.com: one for each order and earning share.
 * ready → sending → sent → credited | failed; a send that failed goes back to ready.
 */
export interface Conversion {
  id: string;
  shop: ShopDomain;
  orderId: OrderId;
  /** Which share of the order this is: "code", "click", "code-2" … */
  share: string;
  /** Its part where several share the order; null: it earns the whole. */
  part: OrderPart | null;
  impactOrderId: string;
  /** An action of it was reversed, and it is reported anew under another order id. */
  wasReversed: boolean;
  programId: string;
  eventTypeId: string;
  /** The account it went to, written before it went: impact.com may have it. Null: it can't. */
  accountSid: string | null;
  /** Null while impact.com alone knows whose click it is; its outcome tells. */
  partnerId: PartnerId | null;
  /** Null where a click alone earns it. */
  code: DiscountCode | null;
  clickId: string | null;
  currency: string;
  amountMinor: number;
  amountBasis: AmountBasis;
  /** As first sent. Empty until the first attempt, which asks Shopify for the product types. */
  lines: ConversionLine[];
  /** What impact.com holds now: the lines as sent, then as adjusted. Empty until it is credited. */
  held: HeldItem[];
  /** impact.com's action is reversed: nothing can be changed any more. */
  reversedAt: Date | null;
  customerStatus: "NEW" | "EXISTING" | null;
  emailSha1: string | null;
  eventAt: Date;
  state: "ready" | "sending" | "sent" | "credited" | "failed";
  attempts: number;
  /** Sendings in a row that were begun and came to no end, the one under way included. */
  unfinished: number;
  /** While "sending": until then its sender may hold it. */
  leaseUntil: Date | null;
  nextAttemptAt: Date | null;
  problem: string | null;
  /** Of a part: where it stands by itself. A whole order's line says it; then this is null. */
  standing: { reason: OrderReason; problem: string | null } | null;
  createdAt: Date;
  sentAt: Date | null;
  /**
   * When it ended. While it is retried after a try without an answer, until it goes: when it had failed,
   * so that no try of it is later.
   */
  settledAt: Date | null;
}

/** One item as impact.com has it; items are found by their SKU alone. */
export interface HeldItem {
  sku: string;
  quantity: number;
  amountMinor: number;
}

/** impact.com's receipt for a conversion or an adjustment, and later its outcome. */
export interface Submission {
  submissionId: string;
  conversionId: string;
  /** Null: of the conversion itself. */
  adjustmentId: string | null;
  state: "queued" | "complete";
  errorType: string | null;
  errorReason: string | null;
  /** The partner impact.com credited, where it says so. */
  partnerId: PartnerId | null;
  checks: number;
  submittedAt: Date;
  completedAt: Date | null;
}
