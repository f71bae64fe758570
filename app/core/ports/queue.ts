import type { OrderId, ShopDomain } from "../ids.ts";
import type { CodeDifferenceKind } from "../code-differences/code-difference.ts";
import type { Repair } from "../code-differences/repairs.ts";
import type { OrderReason } from "../orders/order-state.ts";

export interface JobPayloads {
  /** Deliveries of one shop that were stored together. */
  "process-delivery": { shop: ShopDomain; deliveryIds: string[] };
  "process-order": { shop: ShopDomain; orderId: OrderId };
  /** A checkout's pixel told of a click, and that it was this order's. */
  "join-click": { shop: ShopDomain; orderId: OrderId };
  /** Asks impact.com whose the order's clicks were, where one of them meets a partner's code; `since` is when it first was asked. */
  "look-up-click": {
    shop: ShopDomain;
    orderId: OrderId;
    attempts?: number | undefined;
    since?: string | undefined;
  };
  /** Asks impact.com whose the clicks of replayed orders were, from the first order after that one on. */
  "look-up-lone-clicks": {
    shop: ShopDomain;
    after: { orderId: OrderId; placedAt: string } | null;
    attempts?: number | undefined;
    /** When impact.com first could not be asked. */
    since?: string | undefined;
  };
  "send-conversion": { shop: ShopDomain; conversionIds: string[] };
  /** Modifies or reverses at impact.com what an order's refund, edit or cancellation has changed. */
  "send-adjustment": { shop: ShopDomain; adjustmentId: string };
  /**
   * Asks Shopify for an order that no usable webhook has brought. `since` is when that was first tried,
   * `placedAt` when the order was made where that is known, `missedAt` when Shopify first had it not,
   * `changedAt` from which version on it holds the change that is missed.
   */
  "fetch-order": {
    shop: ShopDomain;
    orderId: OrderId;
    attempts?: number | undefined;
    since?: string | undefined;
    placedAt?: string | undefined;
    missedAt?: string | undefined;
    changedAt?: string | undefined;
  };
  /** One page of a reconciliation run for each job. */
  "reconcile-orders": { shop: ShopDomain; runId: string };
  "reconcile-actions": { shop: ShopDomain; runId: string };
  /** Some pages of a run over the codes on both sides for each job. */
  "reconcile-codes": { shop: ShopDomain; runId: string };
  /** `discounts/*`: a discount that may be ours was changed in Shopify. */
  "look-at-discount": {
    shop: ShopDomain;
    deliveryId: string;
    shopifyId: string;
    /** Codes of it were added or removed, which batches of ours do too: looked at once they are done. */
    isOfMany?: boolean | undefined;
    attempts?: number | undefined;
    /** It was put off. */
    isAgain?: boolean | undefined;
  };
  /**
   * Repairs all differences of a kind; `after` is the last one of the page before. `only`: the one that
   * threw among its page.
   */
  "repair-differences": {
    shop: ShopDomain;
    kind: CodeDifferenceKind;
    repair: Repair;
    after: string | null;
    /** Of repairs that register codes anew: the one that is tried first, and whether it went through. */
    trial?: { codeId: string } | "passed" | undefined;
    only?: string | undefined;
  };
  /** Starts the runs that are due, for the shops after that one; the first comes by itself each hour. */
  "plan-reconciliations": { after?: ShopDomain | null | undefined };
  /** `shop/update`: name, currency or time zone may have changed. */
  "refresh-shop": ShopNotice;
  "check-submission": { shop: ShopDomain; submissionIds: string[] };
  "make-codes": { shop: ShopDomain; batchId: string };
  /** Retires, rotates or reassigns a batch's codes. */
  "change-codes": { shop: ShopDomain; batchId: string };
  /** Reads and judges codes that are to be adopted. */
  "read-adoption": { shop: ShopDomain; adoptionId: string };
  /** Adopts a batch's codes. */
  "adopt-codes": { shop: ShopDomain; batchId: string };
  "register-code": { shop: ShopDomain; codeId: string };
  /**
   * `turn`: of many codes, so many lists of their run went before. `done`: of the same list, those that
   * need no more than to be read back with the others.
   */
  "register-codes": {
    shop: ShopDomain;
    codeIds: string[];
    done?: string[] | undefined;
    turn?: number | undefined;
  };
  /** Reads impact.com's list on from that page, for so many codes that may be registered there already. */
  "take-over-codes": {
    shop: ShopDomain;
    programId: string;
    page: number;
    codes: number;
    attempts?: number | undefined;
  };
  "register-families": {
    shop: ShopDomain;
    familyIds: string[];
    done?: string[] | undefined;
    turn?: number | undefined;
  };
  /** Codes whose own end has come: each hour, and when one is known to come. */
  "retire-ended": { shop: ShopDomain };
  /** Reads impact.com's list on from that page, for what has arrived of a file. */
  "look-for-file": {
    shop: ShopDomain;
    fileId: string;
    lookId: string;
    page: number;
    attempts?: number | undefined;
  };
  /** Codes of a file that are registered one by one after all, some thousand for each run. */
  "take-back-file": { shop: ShopDomain; fileId: string; turn?: number | undefined };
  "sync-partners": { shop: ShopDomain };
  /** Decides again what waits for this reason. `after` is the last order of the page before. */
  "take-up-waiting": {
    shop: ShopDomain;
    reason: "not-connected" | "not-paid";
    after: OrderId | null;
  };
  /** `customers/data_request`: writes down what we hold, for the merchant to download. */
  "answer-data-request": { shop: ShopDomain; deliveryId: string; orderIds: OrderId[] };
  /**
   * Of one reason, or all where it is null; `after` is the last order of the page before. `orderId`: the
   * one order that threw among its page.
   */
  "retry-orders": {
    shop: ShopDomain;
    reason: OrderReason | null;
    after: OrderId | null;
    orderId?: OrderId | undefined;
  };
  /** Past orders with a code that has been assigned since. */
  "attribute-late": { shop: ShopDomain; codeId: string; after: OrderId | null };
  /** The same of an adoption's codes, for orders that were being taken in meanwhile. */
  "attribute-adopted": { shop: ShopDomain; adoptionId: string };
  "redact-orders": { shop: ShopDomain; deliveryId: string; orderIds: OrderId[] };
  "follow-scopes": { shop: ShopDomain; deliveryId: string; scopes: string[] };
  "uninstall-shop": ShopNotice;
  "erase-shop": ShopNotice;
}

/** A delivery about the shop itself, and how often Shopify could not be asked about it yet. */
interface ShopNotice {
  shop: ShopDomain;
  deliveryId: string;
  attempts?: number | undefined;
}

export type JobName = keyof JobPayloads;

export interface JobOptions {
  startAfter?: Date;
  deadline?: Date;
  /** It goes behind all without a turn, and behind those with a lower one. */
  turn?: number | undefined;
}

export interface Queue {
  /**
   * Part of the transaction it is called in. `startAfter` delays it; of jobs that are due, the one
   * with the nearest `deadline` goes first.
   */
  send<Name extends JobName>(
    name: Name,
    payload: JobPayloads[Name],
    options?: JobOptions,
  ): Promise<void>;
  /** Many jobs of one kind in one statement. */
  sendAll<Name extends JobName>(
    name: Name,
    jobs: { payload: JobPayloads[Name]; options?: JobOptions }[],
  ): Promise<void>;
  /** Whether a job of that kind is due that nobody has taken up, of whatever shop. */
  isWaiting(name: JobName): Promise<boolean>;
  /** Jobs of that kind with a turn, of one shop, that are due wait until then. */
  putOff(name: JobName, shop: ShopDomain, until: Date): Promise<void>;
}
