import type { Attribution, KnownCode } from "../attribution/attribute-order.ts";
import type { Batch, Code, Discount, DiscountTerms } from "../codes/discount.ts";
import type { Conversion, Submission } from "../conversions/conversion.ts";
import type { DiscountCode, OrderId, PartnerId, ShopDomain } from "../ids.ts";
import type { Delivery, IncomingDelivery } from "../orders/delivery.ts";
import type { OrderFacts } from "../orders/order-facts.ts";
import type { OrderReason, OrderState } from "../orders/order-state.ts";
import type { Order } from "../orders/order.ts";
import type { Partner, PartnerSync } from "../partners/partner.ts";
import type { Queue } from "./queue.ts";
import type { Connection, ImpactCredentials, Program } from "../program/program.ts";
import type { ShopDetails } from "../shops/shop-details.ts";

/** Core's store: every method is scoped by shop. */
export interface Store extends Stores {
  /** All or nothing: rows and the jobs they need are written in one commit. */
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
}

export interface Stores {
  shops: ShopStore;
  connections: ConnectionStore;
  partners: PartnerStore;
  discounts: DiscountStore;
  codes: CodeStore;
  deliveries: DeliveryStore;
  orders: OrderStore;
  conversions: ConversionStore;
  queue: Queue;
}

export interface ShopStore {
  /** Null too for a shop that has uninstalled the app. */
  find(shop: ShopDomain): Promise<ShopDetails | null>;
  save(shop: ShopDomain, details: ShopDetails, now: Date): Promise<void>;
  /** Erases Shopify's tokens and notes when; history stays for a reinstall. */
  uninstall(shop: ShopDomain, now: Date): Promise<void>;
  /** Erases every row of the shop. */
  erase(shop: ShopDomain): Promise<void>;
}

export interface ConnectionStore {
  /**
   * Until the transaction ends, who reads the connection to decide that an order waits for it, and
   * who changes it and then takes up what waited, take turns: so no order is passed over.
   */
  hold(shop: ShopDomain, purpose: "reading" | "changing"): Promise<void>;
  find(shop: ShopDomain): Promise<Connection | null>;
  saveCredentials(
    shop: ShopDomain,
    credentials: ImpactCredentials & { companyName: string | null },
    now: Date,
  ): Promise<void>;
  saveProgram(shop: ShopDomain, program: Program, now: Date): Promise<void>;
  /** Erases the token and the choice of program; history stays. */
  remove(shop: ShopDomain): Promise<void>;
}

export interface PartnerStore {
  list(shop: ShopDomain, filter?: { search?: string }): Promise<Partner[]>;
  count(shop: ShopDomain): Promise<{ all: number; withContract: number }>;
  find(shop: ShopDomain, partnerId: PartnerId): Promise<Partner | null>;
  saveAll(shop: ShopDomain, partners: Partner[], now: Date): Promise<void>;
  /** Partners a finished run has not met have left the program. */
  endContractsNotSeenSince(shop: ShopDomain, since: Date): Promise<void>;
  findSync(shop: ShopDomain): Promise<PartnerSync | null>;
  /** A fresh run for this program; one under way has lost its turn from now on. */
  startSync(shop: ShopDomain, programId: string, now: Date): Promise<void>;
  /** False, and nothing saved, where the run was stopped, replaced or is further on. */
  saveSync(shop: ShopDomain, sync: PartnerSync): Promise<boolean>;
  /** Ends a run under way. */
  stopSync(shop: ShopDomain, problem: string, now: Date): Promise<void>;
}

export interface NewCode {
  code: DiscountCode;
  partnerId: PartnerId;
}

export interface DiscountStore {
  /** Stores the discount, its codes, their assignments and the batch that makes them, or nothing. */
  create(
    shop: ShopDomain,
    draft: { draftKey: string; terms: DiscountTerms; codes: NewCode[] },
    now: Date,
  ): Promise<{ discountId: string; batchId: string; isNew: boolean }>;
  find(shop: ShopDomain, discountId: string): Promise<Discount | null>;
  findByDraftKey(shop: ShopDomain, draftKey: string): Promise<string | null>;
  list(shop: ShopDomain): Promise<DiscountSummary[]>;
  saveShopifyId(shop: ShopDomain, discountId: string, shopifyId: string): Promise<void>;
  findBatch(shop: ShopDomain, batchId: string): Promise<Batch | null>;
  newestBatch(shop: ShopDomain, discountId: string): Promise<Batch | null>;
  saveBatch(shop: ShopDomain, batch: Batch): Promise<void>;
}

export interface DiscountSummary extends Discount {
  codes: number;
  live: number;
  registered: number;
  failed: number;
}

export interface CodeStore {
  find(shop: ShopDomain, codeId: string): Promise<Code | null>;
  findByCode(shop: ShopDomain, code: DiscountCode): Promise<Code | null>;
  listForDiscount(shop: ShopDomain, discountId: string): Promise<Code[]>;
  /** The texts of the shop's codes, newest first. */
  listTexts(shop: ShopDomain, limit: number): Promise<DiscountCode[]>;
  /** Live codes that impact.com has not been told of. */
  listUnregistered(shop: ShopDomain): Promise<Code[]>;
  /** Registered codes count as planned again, and their registrations are looked up before made. */
  forgetRegistrations(shop: ShopDomain): Promise<void>;
  /** Our codes among these that Shopify has not refused, each with its partner at that moment. */
  known(shop: ShopDomain, codes: DiscountCode[], at: Date): Promise<KnownCode[]>;
  count(
    shop: ShopDomain,
  ): Promise<{ all: number; live: number; registered: number; failed: number }>;
  saveShopifyState(
    shop: ShopDomain,
    codeId: string,
    state: { state: Code["shopifyState"]; problem: string | null },
    now: Date,
  ): Promise<void>;
  /** Takes an unregistered code for registering; null if it is registered or somebody else has it. */
  claimForRegistration(
    shop: ShopDomain,
    codeId: string,
    lease: { now: Date; until: Date },
  ): Promise<Code | null>;
  /** Ends the lease too. What is registered stays registered, whoever comes late. */
  saveImpactState(
    shop: ShopDomain,
    codeId: string,
    state: {
      state: Code["impactState"];
      problem: string | null;
      promoCodeId?: string;
      attempts: number;
    },
    now: Date,
  ): Promise<void>;
}

export interface DeliveryStore {
  /** Stores a delivery once; `isNew` is false when this webhook id was stored before. */
  record(delivery: IncomingDelivery, now: Date): Promise<{ deliveryId: string; isNew: boolean }>;
  find(shop: ShopDomain, deliveryId: string): Promise<Delivery | null>;
  listForOrder(shop: ShopDomain, orderId: OrderId): Promise<Delivery[]>;
  /** Of orders only, newest first. */
  listFailed(shop: ShopDomain, page: { since: Date; limit: number }): Promise<Delivery[]>;
  markProcessed(shop: ShopDomain, deliveryId: string, now: Date): Promise<void>;
  /** Drops the customer's hash from deliveries that were not processed yet. */
  forgetCustomers(shop: ShopDomain, orderIds: OrderId[]): Promise<void>;
}

export interface OrderPage {
  orders: Order[];
  /** Opaque; null on the last page. */
  nextCursor: string | null;
}

export interface OrderStore {
  /** Locks the order's row until the transaction ends, so that two deliveries take turns. */
  lock(shop: ShopDomain, orderId: OrderId): Promise<void>;
  find(shop: ShopDomain, orderId: OrderId): Promise<Order | null>;
  /** Inserts the order, or replaces its facts where these are newer. */
  saveFacts(shop: ShopDomain, facts: OrderFacts, now: Date): Promise<Order>;
  saveStatus(
    shop: ShopDomain,
    orderId: OrderId,
    status: { state: OrderState; reason: OrderReason; problem: string | null },
    now: Date,
  ): Promise<void>;
  saveAttribution(
    shop: ShopDomain,
    orderId: OrderId,
    attribution: Attribution,
    now: Date,
  ): Promise<void>;
  /** Drops the customer's hash where nothing needs it any more. */
  forgetCustomers(shop: ShopDomain, orderIds: OrderId[]): Promise<void>;
  findAttribution(
    shop: ShopDomain,
    orderId: OrderId,
  ): Promise<{ attribution: Attribution; decidedAt: Date } | null>;
  page(
    shop: ShopDomain,
    filter: { state?: OrderState; cursor?: string; limit: number },
  ): Promise<OrderPage>;
  countByState(shop: ShopDomain): Promise<Record<OrderState, number>>;
  listWaitingFor(
    shop: ShopDomain,
    reason: OrderReason,
    page: { after: OrderId | null; limit: number },
  ): Promise<OrderId[]>;
}

export type NewConversion = Pick<
  Conversion,
  | "orderId"
  | "share"
  | "impactOrderId"
  | "programId"
  | "eventTypeId"
  | "partnerId"
  | "code"
  | "currency"
  | "amountMinor"
  | "emailSha1"
  | "eventAt"
>;

export interface ConversionStore {
  /** Stores a conversion once for each order and share; a repeat gives the first one back. */
  create(shop: ShopDomain, conversion: NewConversion, now: Date): Promise<Conversion>;
  find(shop: ShopDomain, conversionId: string): Promise<Conversion | null>;
  listForOrder(shop: ShopDomain, orderId: OrderId): Promise<Conversion[]>;
  /** Drops the customer's hash from conversions that were not sent yet. */
  forgetCustomers(shop: ShopDomain, orderIds: OrderId[]): Promise<void>;
  /** Ready or being sent. */
  listUnsentForCode(shop: ShopDomain, code: DiscountCode): Promise<Conversion[]>;
  /** Takes a ready conversion (or one whose sender died) for sending; null if somebody else has it. */
  claim(
    shop: ShopDomain,
    conversionId: string,
    lease: { now: Date; until: Date },
  ): Promise<Conversion | null>;
  /** Holds a claimed conversion longer, and writes down where it is about to go. */
  renewLease(shop: ShopDomain, conversion: Conversion, until: Date): Promise<boolean>;
  /** Saves and gives the lease back; false, and nothing saved, where somebody else holds it now. */
  save(shop: ShopDomain, conversion: Conversion): Promise<boolean>;
  saveSubmission(shop: ShopDomain, submission: Submission): Promise<void>;
  findSubmission(shop: ShopDomain, submissionId: string): Promise<Submission | null>;
  listSubmissions(shop: ShopDomain, conversionIds: string[]): Promise<Submission[]>;
}
