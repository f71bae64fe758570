import type { ShopDomain } from "../ids.ts";
import { statusFor, type OrderReason, type OrderState } from "../orders/order-state.ts";
import type { Ports } from "../ports/ports.ts";
import { fullMs } from "./due-runs.ts";
import { ledgerCheck, type LedgerCheck } from "./ledger-check.ts";
import { ledgerPeriod, type LedgerPeriod, type PeriodChoice } from "./ledger-period.ts";
import { comparedMs, type RunKind } from "./reconciliation.ts";

/**
 * A period's orders. Where Shopify could be asked, its own count closes the sum:
 * atShopify = reported + ignored + waiting + failed + notHere − noLongerThere.
 */
export interface Ledger {
  period: LedgerPeriod;
  /** Without orders deleted in Shopify. */
  states: Record<OrderState, number>;
  reasons: ReasonCount[];
  /** All four states together. */
  here: number;
  /** Deleted in Shopify and kept here as history; part of no sum. */
  deleted: number;
  /** Shopify's own count; null where it can't be had, and `unasked` says why. */
  atShopify: number | null;
  unasked: string | null;
  /** Shopify has them and no webhook or run has brought them yet. */
  notHere: number;
  /** We have them and Shopify counts them no more. */
  noLongerThere: number;
  /** Being asked for at Shopify just now, of any period. */
  fetching: number;
  /** Shopify had them no more and is asked once more hours later, of any period. */
  secondLooks: number;
  check: LedgerCheck;
}

export interface ReasonCount {
  reason: OrderReason;
  state: OrderState;
  orders: number;
}

interface LedgerQuestion {
  shop: ShopDomain;
  timeZone: string;
  choice: PeriodChoice;
  /** Whether Shopify shows this app orders of any age. */
  seesAllOrders?: boolean;
}

/** Reads the ledger of a period, in days of the shop's time zone. */
export async function readLedger(
  { store, shopify, clock }: Pick<Ports, "store" | "shopify" | "clock">,
  { shop, timeZone, choice, seesAllOrders = false }: LedgerQuestion,
): Promise<Ledger> {
  const now = clock.now();
  const period = ledgerPeriod(choice, now, timeZone);
  // Shopify first: an order placed in between is then no gap.
  const isHidden = !seesAllOrders && isOlderThan(comparedMs({ seesAllOrders }), period, now);
  const counted = isHidden ? HIDDEN : await countAtShopify({ shopify }, shop, period);
  const kinds: RunKind[] = ["orders", "backfill"];
  const [rows, fetching, secondLooks, last, full] = await Promise.all([
    store.ledger.countByReason(shop, period),
    store.ledger.countFetching(shop),
    store.ledger.countSecondLooks(shop),
    store.reconciliations.findFinished(shop, { kinds, coveringMs: 0 }),
    store.reconciliations.findFinished(shop, { kinds, coveringMs: fullMs({ seesAllOrders }) }),
  ]);
  const isBeyondReach = isOlderThan(comparedMs({ seesAllOrders }), period, now);
  const check = ledgerCheck({ last, full, isBeyondReach }, period, now);
  return { ...closeLedger(rows, counted), period, fetching, secondLooks, check };
}

type Counted = Pick<Ledger, "atShopify" | "unasked">;

async function countAtShopify(
  { shopify }: Pick<Ports, "shopify">,
  shop: ShopDomain,
  period: LedgerPeriod,
): Promise<Counted> {
  const answer = await shopify.countOrders(shop, period, { isHurried: true });
  return answer.ok
    ? { atShopify: answer.value, unasked: null }
    : { atShopify: null, unasked: answer.problem.message };
}

const HOUR_MS = 3_600_000;

/** Where clocks were set forward in between, so many days of the shop's zone begin up to an hour earlier. */
function isOlderThan(ms: number, { from }: LedgerPeriod, now: Date): boolean {
  return from.getTime() < now.getTime() - ms - HOUR_MS;
}

const HIDDEN: Counted = {
  atShopify: null,
  unasked:
    "Shopify shows this app the orders of the last 60 days only, so older ones can't be counted there. Choose 60 days or fewer to compare, or allow older orders under Settings.",
};

/** Our orders by state and reason, against Shopify's count. */
export function closeLedger(
  rows: readonly { reason: OrderReason; isDeleted: boolean; orders: number }[],
  counted: Counted,
): Omit<Ledger, "period" | "fetching" | "secondLooks" | "check"> {
  const states: Ledger["states"] = { reported: 0, ignored: 0, waiting: 0, failed: 0 };
  const reasons: ReasonCount[] = [];
  let deleted = 0;
  for (const { reason, isDeleted, orders } of rows) {
    if (isDeleted) {
      deleted += orders;
      continue;
    }
    const { state } = statusFor(reason);
    states[state] += orders;
    reasons.push({ reason, state, orders });
  }
  const here = states.reported + states.ignored + states.waiting + states.failed;
  const gap = counted.atShopify === null ? 0 : counted.atShopify - here;
  return {
    ...counted,
    states,
    reasons,
    here,
    deleted,
    notHere: Math.max(gap, 0),
    noLongerThere: Math.max(-gap, 0),
  };
}
