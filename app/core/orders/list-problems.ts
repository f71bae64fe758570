import type { Code } from "../codes/discount.ts";
import type { ShopDomain } from "../ids.ts";
import type { Money } from "../money.ts";
import type { FailedBatch, FailedOrder, FailedOrderSum } from "../ports/problem-stores.ts";
import type { Ports } from "../ports/ports.ts";
import { failedSince, type Delivery } from "./delivery.ts";
import { heldSince } from "./held-back.ts";
import { countImpactWaits, listImpactWaits, type ImpactWait } from "./list-impact-waits.ts";
import { nextStepFor, type NextStep } from "./next-step.ts";
import { mayBeRetried, retryableOrders, type OrderReason } from "./order-state.ts";

/** Orders of one reason that failed, or are held back for days. */
export interface FailedGroup extends NextStep {
  reason: OrderReason;
  orders: number;
  /** How many of them trying again can help. */
  retryable: number;
  /** What the orders are worth, an amount for each currency. */
  worth: Money[];
  /** What impact.com counts too much of them, and below zero what it counts too little, for each currency. */
  stake: Money[];
  /** The newest of them. */
  newest: (FailedOrder & { canRetry: boolean })[];
}

export interface Problems {
  impactWaits: ImpactWait[];
  groups: FailedGroup[];
  failedCodes: Code[];
  failedBatches: FailedBatch[];
  lostDeliveries: Delivery[];
}

const SHOWN_OF_EACH = 10;
const MOST_CODES = 100;
const MOST_DELIVERIES = 20;

/** Everything of a shop that needs the merchant: it has come to a dead end, or waits for them. */
export async function listProblems(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
): Promise<Problems> {
  const now = clock.now();
  const { problems } = store;
  const [impactWaits, sums, newest, failedCodes, failedBatches, lostDeliveries] = await Promise.all(
    [
      listImpactWaits({ store }, shop),
      problems.sumFailedOrders(shop, retryableOrders(null, now), heldSince(now)),
      problems.listFailedOrders(shop, { ofEachReason: SHOWN_OF_EACH, heldSince: heldSince(now) }),
      problems.listFailedCodes(shop, { limit: MOST_CODES }),
      problems.listFailedBatches(shop),
      problems.listLostDeliveries(shop, { since: failedSince(now), limit: MOST_DELIVERIES }),
    ],
  );
  const groups = groupByReason(sums, newest, now);
  return { impactWaits, groups, failedCodes, failedBatches, lostDeliveries };
}

/** How many things need the merchant, for the navigation. */
export async function countProblems(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
): Promise<number> {
  const now = clock.now();
  const [failed, waiting] = await Promise.all([
    store.problems.countAll(shop, { since: failedSince(now), heldSince: heldSince(now) }),
    countImpactWaits({ store }, shop),
  ]);
  return failed + waiting;
}

/** Most orders first. */
function groupByReason(sums: FailedOrderSum[], newest: FailedOrder[], now: Date): FailedGroup[] {
  const reasons = [...new Set(sums.map(({ reason }) => reason))];
  const groups = reasons.map((reason) => {
    const ofReason = sums.filter((sum) => sum.reason === reason);
    return {
      reason,
      ...nextStepFor(reason),
      orders: ofReason.reduce((all, { orders }) => all + orders, 0),
      retryable: ofReason.reduce((all, { retryable }) => all + retryable, 0),
      worth: ofReason.map(({ netMinor: minor, currency }) => ({ minor, currency })),
      stake: ofReason
        .flatMap(({ tooMuchMinor, tooLittleMinor, currency }) => [
          { minor: tooMuchMinor, currency },
          { minor: 0 - tooLittleMinor, currency },
        ])
        .filter(({ minor }) => minor !== 0),
      newest: newest
        .filter((order) => order.reason === reason)
        .map((order) => ({ ...order, canRetry: mayBeRetried(order, now) })),
    };
  });
  return groups.toSorted((a, b) => b.orders - a.orders);
}
