import type { Conversion, Submission } from "../conversions/conversion.ts";
import type { OrderPart } from "../conversions/part-of-lines.ts";
import type { DiscountCode, OrderId, ShopDomain } from "../ids.ts";
import type { OrderReason } from "../orders/order-state.ts";

export type NewConversion = Pick<
  Conversion,
  | "orderId"
  | "share"
  | "part"
  | "impactOrderId"
  | "programId"
  | "eventTypeId"
  | "partnerId"
  | "code"
  | "clickId"
  | "currency"
  | "amountMinor"
  | "amountBasis"
  | "emailSha1"
  | "eventAt"
>;

/** Where a part of an order stands by itself. */
export interface PartStanding {
  conversionId: string;
  reason: OrderReason;
  problem: string | null;
}

export interface ConversionStore {
  /** Stores conversions once for each order and share, and gives back those that are new. */
  createAll(
    shop: ShopDomain,
    conversions: readonly NewConversion[],
    now: Date,
  ): Promise<Conversion[]>;
  find(shop: ShopDomain, conversionId: string): Promise<Conversion | null>;
  findAll(shop: ShopDomain, conversionIds: readonly string[]): Promise<Conversion[]>;
  listForOrder(shop: ShopDomain, orderId: OrderId): Promise<Conversion[]>;
  listForOrders(shop: ShopDomain, orderIds: readonly OrderId[]): Promise<Conversion[]>;
  /** The newest credited one of a program that was reported through another account than that. */
  findCreditedElsewhere(
    shop: ShopDomain,
    than: { accountSid: string; programId: string },
  ): Promise<Conversion | null>;
  /** All that were reported through one Account SID were reported through another one of the same account. */
  moveAccount(shop: ShopDomain, sids: { from: string; to: string }): Promise<void>;
  /** What one that was never tried is worth by now. */
  saveAmount(shop: ShopDomain, conversionId: string, amountMinor: number): Promise<void>;
  /** Under which order id one that was never tried goes. */
  saveOrderId(shop: ShopDomain, conversionId: string, impactOrderId: string): Promise<void>;
  /** Whose one that was never tried is, and by which code or click. */
  saveEarner(
    shop: ShopDomain,
    conversionId: string,
    earner: Pick<Conversion, "partnerId" | "code" | "clickId">,
  ): Promise<void>;
  /** What of its order one is from now on. */
  savePart(shop: ShopDomain, conversionId: string, part: OrderPart): Promise<void>;
  /** Writes down where parts stand; their orders' locks are held. */
  saveStandings(shop: ShopDomain, standings: readonly PartStanding[]): Promise<void>;
  /** Takes away one that was never tried. */
  remove(shop: ShopDomain, conversionId: string): Promise<void>;
  /** Drops the customer's hash from conversions that were not sent yet. */
  forgetCustomers(shop: ShopDomain, orderIds: OrderId[]): Promise<void>;
  /** Ready or being sent. */
  listUnsentForCode(shop: ShopDomain, code: DiscountCode): Promise<Conversion[]>;
  /** The same for a family's codes, or for those of some codes that are of a family. */
  listUnsentForFamily(
    shop: ShopDomain,
    of: { familyId: string } | { codeIds: readonly string[] },
  ): Promise<Conversion[]>;
  /** The same of these codes, whether or not they are of a family. */
  listUnsentForCodes(shop: ShopDomain, codeIds: readonly string[]): Promise<Conversion[]>;
  /** Takes ready conversions (or those whose sender died) for sending; what somebody else has is left out. */
  claimAll(
    shop: ShopDomain,
    conversionIds: readonly string[],
    lease: { now: Date; until: Date },
  ): Promise<Conversion[]>;
  /**
   * Holds claimed conversions longer, and writes down where they are about to go, not settled any more;
   * gives back the ids of those that nobody else holds by now.
   */
  renewLeases(shop: ShopDomain, conversions: readonly Conversion[], until: Date): Promise<string[]>;
  /** Saves and gives the lease back; false, and nothing saved, where somebody else holds it now. */
  save(shop: ShopDomain, conversion: Conversion): Promise<boolean>;
  /** The same for many in one statement; gives back the ids of those that were saved. */
  saveAll(shop: ShopDomain, conversions: readonly Conversion[]): Promise<string[]>;
  /**
   * What became of tries to send them: the state, the tries, when there is another, and why. Where they
   * go, and with what, stays as it was written down, unless they have no account: then they are as if
   * they had never been tried. Otherwise as `saveAll`.
   */
  saveTries(shop: ShopDomain, conversions: readonly Conversion[]): Promise<string[]>;
  /**
   * Credits conversions as impact.com has them, and says whose they are where that wasn't known; gives back the ids of those that were still sent, and
   * under that order id.
   */
  creditAll(
    shop: ShopDomain,
    credited: readonly Pick<Conversion, "id" | "impactOrderId" | "held" | "partnerId">[],
    now: Date,
  ): Promise<string[]>;
  /**
   * Readies a conversion whose action was reversed for a new one, under a new order id: nothing of
   * the old one is left but its history.
   */
  restart(
    shop: ShopDomain,
    conversionId: string,
    fresh: { impactOrderId: string; amountMinor: number },
  ): Promise<void>;
  saveSubmission(shop: ShopDomain, submission: Submission): Promise<void>;
  /** Stores new ones; what is stored already stays as it is. */
  saveSubmissions(shop: ShopDomain, submissions: readonly Submission[]): Promise<void>;
  findSubmission(shop: ShopDomain, submissionId: string): Promise<Submission | null>;
  listSubmissions(shop: ShopDomain, conversionIds: string[]): Promise<Submission[]>;
}
