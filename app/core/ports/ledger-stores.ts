import type { DiscountCode, OrderId, ShopDomain } from "../ids.ts";
import type {
  CreditedThere,
  Difference,
  NewDifference,
  OwnNames,
  Reconciliation,
  ReportedConversion,
  RestartedConversion,
  RunKind,
} from "../ledger/reconciliation.ts";
import type { NewRun } from "../ledger/begin-run.ts";
import type { OrderFacts } from "../orders/order-facts.ts";
import type { OrderReason } from "../orders/order-state.ts";
import type { OrderVersion } from "./shopify.ts";

export interface ReconciliationStore {
  /** Null where a run of this kind is under way: there is one at a time. Part of a transaction. */
  start(shop: ShopDomain, run: NewRun, now: Date): Promise<Reconciliation | null>;
  find(shop: ShopDomain, runId: string): Promise<Reconciliation | null>;
  /** Newest first. */
  list(
    shop: ShopDomain,
    filter: {
      kind?: RunKind;
      notOfKind?: RunKind;
      state?: Reconciliation["state"];
      limit: number;
    },
  ): Promise<Reconciliation[]>;
  /** The newest finished run of these kinds that covered at least so long, in milliseconds. */
  findFinished(
    shop: ShopDomain,
    filter: { kinds: RunKind[]; coveringMs: number },
  ): Promise<Reconciliation | null>;
  /** False, and nothing saved, where the run has ended or is not where `before` was. */
  save(shop: ShopDomain, before: Reconciliation, after: Reconciliation): Promise<boolean>;
  /** The run of this kind that is under way is to be followed by another; false where there is none. */
  follow(shop: ShopDomain, kind: RunKind): Promise<boolean>;
  /**
   * Installed shops in order of their names, whether they report to a program, and whether Shopify shows
   * us their orders of any age (read_all_orders), as it said with the newest access token.
   */
  shopsToPlan(page: {
    after: ShopDomain | null;
    limit: number;
  }): Promise<
    { shop: ShopDomain; hasProgram: boolean; seesAllOrders: boolean; timeZone: string }[]
  >;
}

export interface DifferenceStore {
  list(shop: ShopDomain, page: { limit: number }): Promise<Difference[]>;
  count(shop: ShopDomain, filter?: { seenBy: string }): Promise<number>;
  /** Those of our conversions in this program of this account that carry one of these order ids. */
  listReported(
    shop: ShopDomain,
    at: { accountSid: string; programId: string },
    impactOrderIds: string[],
  ): Promise<ReportedConversion[]>;
  /** Those of these orders' conversions that are reported again, whatever they were reported to. */
  listRestarted(shop: ShopDomain, orderIds: OrderId[]): Promise<RestartedConversion[]>;
  /** No codes where another shop reports to the same program of the same account, or once did. */
  listOwnNames(
    shop: ShopDomain,
    at: { accountSid: string; programId: string },
    named: { orderIds: string[]; codes: DiscountCode[] },
  ): Promise<OwnNames>;
  /** Notes that the run met the actions of these conversions, and which of them live. */
  markSeen(
    shop: ShopDomain,
    met: { seen: string[]; live: { conversionId: string; actionId: string }[] },
    run: Reconciliation,
  ): Promise<void>;
  /** What one was found to be before keeps its first date. */
  save(shop: ShopDomain, run: SeenIn, differences: NewDifference[], now: Date): Promise<void>;
  remove(
    shop: ShopDomain,
    differences: Pick<Difference, "impactOrderId" | "kind">[],
  ): Promise<void>;
  /** Credited conversions of the run's time, settled before then, whose action it did not meet. */
  addMissing(
    shop: ShopDomain,
    run: Reconciliation,
    at: { accountSid: string; programId: string; settledBefore: Date },
    now: Date,
  ): Promise<void>;
  /** Drops up to `limit` of what the run has looked at and no longer saw. Gives how many. */
  forgetUnseen(shop: ShopDomain, run: LookedAt, page: { limit: number }): Promise<number>;
}

/** A run, and the program whose actions it lists. */
export type SeenIn = Pick<Reconciliation, "id"> & { programId: string };
/** At its end it has looked at all of the program's actions of these days: `isLookedAt`. */
export type LookedAt = SeenIn & Pick<Reconciliation, "from" | "to">;

/** Orders that somebody else than this app has reported. */
export interface CreditedStore {
  /** As the run has just seen them; the first date stays. */
  note(
    shop: ShopDomain,
    run: SeenIn,
    seen: Omit<CreditedThere, "programId" | "foundAt">[],
    now: Date,
  ): Promise<void>;
  /** What stands. */
  list(shop: ShopDomain, orderId: OrderId): Promise<CreditedThere[]>;
  /** Ends up to `limit` that the run has looked at and no longer saw, of orders placed since then. */
  release(
    shop: ShopDomain,
    run: LookedAt,
    page: { placedFrom: Date; limit: number },
  ): Promise<OrderId[]>;
  /** The merchant knows better: nothing of it stands any more. */
  forget(shop: ShopDomain, orderId: OrderId): Promise<void>;
}

export interface LedgerStore {
  /**
   * A failed line for an order of which nothing can be read; nothing where we have the order, except
   * that a line like it takes on the day it was placed where that `isDated`.
   */
  saveUnreadable(
    shop: ShopDomain,
    facts: OrderFacts,
    line: { problem: string; isDated: boolean },
    now: Date,
  ): Promise<void>;
  /**
   * The version that we have of each of these orders. Those we have not, or take for deleted though
   * no delivery said so, are left out.
   */
  listKnown(shop: ShopDomain, orderIds: OrderId[]): Promise<Map<OrderId, OrderVersion>>;
  /**
   * Orders Shopify has not deleted, as far as we know, that were last changed between these two, by
   * when that was; `afterId` is the last order of the page before, changed at `after` itself.
   */
  listChangedBetween(
    shop: ShopDomain,
    between: { after: Date; afterId: OrderId | null; before: Date; placedFrom: Date },
    page: { except: OrderId[]; limit: number },
  ): Promise<{ orderId: OrderId; updatedAt: Date }[]>;
  /**
   * Which of these orders a queued job asks Shopify for; a second look comes hours later. Runs that
   * look take turns until their transactions end, so that they don't ask for the same orders.
   */
  listAskedFor(
    shop: ShopDomain,
    orderIds: OrderId[],
  ): Promise<{ orderId: OrderId; isSecondLook: boolean }[]>;
  /** Orders placed in [from, to) by reason; deleted ones stand apart. */
  countByReason(
    shop: ShopDomain,
    placed: { from: Date; to: Date },
  ): Promise<{ reason: OrderReason; isDeleted: boolean; orders: number }[]>;
  /** Orders that are being asked for at Shopify just now; second looks aside. */
  countFetching(shop: ShopDomain): Promise<number>;
  /** Orders that Shopify had no more, and is asked for once more hours later. */
  countSecondLooks(shop: ShopDomain): Promise<number>;
}
