import type { LateEffect } from "../codes/late-effect.ts";
import type { DiscountCode, OrderId, ShopDomain } from "../ids.ts";
import type { CreditedThere } from "../ledger/reconciliation.ts";

/** Orders that a code was typed on while it was nobody's, in one currency. */
export interface UnassignedSum {
  code: DiscountCode;
  currency: string;
  orders: number;
  netMinor: number;
  firstAt: Date;
  lastAt: Date;
}

/** An order with a certain code, and what assigning the code would do to it. */
export interface LateOrder {
  orderId: OrderId;
  name: string;
  placedAt: Date;
  currency: string;
  effect: LateEffect;
  /** Who has earned it already. */
  partner: string | null;
}

/** Assigned from `from` on; impact.com takes what was placed at `oldest` or later. */
export interface LateQuestion {
  code: DiscountCode;
  from: Date;
  oldest: Date;
}

/** That an order was credited by another way; once it is over its own number is taken all the same. */
export type CreditedOnce = Pick<CreditedThere, "orderId" | "programId" | "eventAt"> & {
  isOver: boolean;
};

/** What came late: orders by the codes typed on them, and conversions past their time. */
export interface LateStore {
  /** Codes with most orders first. */
  sumUnassigned(shop: ShopDomain, page: { since: Date; limit: number }): Promise<UnassignedSum[]>;
  /** "earns" stands for all that may earn: what each of them does earn, its facts tell. */
  countByEffect(
    shop: ShopDomain,
    question: LateQuestion,
  ): Promise<{ effect: LateEffect; orders: number }[]>;
  /** Newest first; "earns" as for the counts. */
  listByEffect(
    shop: ShopDomain,
    question: LateQuestion,
    page: { limit: number },
  ): Promise<LateOrder[]>;
  /** Conversions of older orders that still wait for the merchant, oldest first. */
  listOverdue(
    shop: ShopDomain,
    page: { before: Date; limit: number },
  ): Promise<{ conversionId: string; eventAt: Date }[]>;
  /** The same of orders that wait for a connection and have no conversion yet. */
  listOverdueOrders(shop: ShopDomain, page: { before: Date; limit: number }): Promise<OrderId[]>;
  /** Of these orders, those that impact.com credits by another way than this app, or did once. */
  listCreditedThere(shop: ShopDomain, orderIds: readonly OrderId[]): Promise<CreditedOnce[]>;
  /** Orders that earn, in order of their ids. */
  listEarning(
    shop: ShopDomain,
    question: LateQuestion,
    page: { after: OrderId | null; limit: number },
  ): Promise<OrderId[]>;
}
