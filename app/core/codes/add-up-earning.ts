import { partOfLines } from "../conversions/part-of-lines.ts";
import type { OrderId } from "../ids.ts";
import type { Money } from "../money.ts";
import { earnedLines, earnedMinor } from "../orders/earned-lines.ts";
import type { Order } from "../orders/order.ts";
import type { Stores } from "../ports/store.ts";
import type { ReportSettings } from "../shops/report-settings.ts";
import { earningEffect, type LateEffect } from "./late-effect.ts";
import { lateShares, type GivenCode, type LateShare } from "./late-shares.ts";

/** Orders of one effect, and what impact.com would get for them: none for those that stay nobody's. */
export interface EarningSum {
  orders: number;
  worth: Money[];
}

/** What of an order a partner would earn, and what becomes of it. Amounts are minor units. */
export interface Earning {
  effect: LateEffect;
  earnedMinor: number;
}

type Needs = Pick<Stores, "codes" | "clicks" | "rules">;

/** Judges orders that may earn by their facts and refunds, the shop's basis, and the rules of their time. */
export async function earningsOf(
  stores: Needs,
  orders: readonly Order[],
  { settings, codeOf }: { settings: ReportSettings; codeOf: (order: Order) => GivenCode | null },
): Promise<Map<OrderId, Earning>> {
  const shares = await lateShares(stores, orders, codeOf);
  return new Map(
    orders.map((order) => [order.orderId, earningOf(order, shares.get(order.orderId), settings)]),
  );
}

function earningOf(order: Order, share: LateShare | undefined, settings: ReportSettings): Earning {
  const effect = earningEffect(order, settings);
  if (effect !== "kept-out" && share === null) return { effect: "click-decides", earnedMinor: 0 };
  const lines = partOfLines(earnedLines(order, settings.amountBasis), share?.part ?? null);
  return { effect, earnedMinor: earnedMinor(lines) };
}

export const EARNING_PAGE = 500;
const PAGES_AT_MOST = 10;

/**
 * Adds up what the orders of those pages earn. Somebody waits for it: after some thousands of orders it
 * leaves the rest.
 */
export async function addUpEarning<Row extends { orderId: OrderId }>(
  stores: Needs & Pick<Stores, "orders">,
  {
    pageAfter,
    settings,
    codeOf,
  }: {
    pageAfter: (after: OrderId | null) => Promise<Row[]>;
    settings: ReportSettings;
    codeOf: (row: Row) => GivenCode;
  },
  shop: Order["shop"],
): Promise<Map<LateEffect, EarningSum>> {
  const sums = new Map<LateEffect, EarningSum>();
  let after: OrderId | null = null;
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const rows: Row[] = await pageAfter(after);
    const byId = new Map(rows.map((row) => [row.orderId, row]));
    const found = await stores.orders.findAll(shop, [...byId.keys()]);
    const given = (order: Order) => {
      const row = byId.get(order.orderId);
      return row ? codeOf(row) : null;
    };
    const earnings = await earningsOf(stores, found, { settings, codeOf: given });
    for (const { orderId, currency } of found) addTo(sums, earnings.get(orderId), currency);
    after = rows.at(-1)?.orderId ?? null;
    if (rows.length < EARNING_PAGE) break;
  }
  return sums;
}

function addTo(
  sums: Map<LateEffect, EarningSum>,
  earning: Earning | undefined,
  currency: string,
): void {
  if (!earning) return;
  const { effect, earnedMinor: minor } = earning;
  const sum = sums.get(effect) ?? { orders: 0, worth: [] };
  sums.set(effect, sum);
  sum.orders += 1;
  if (effect === "earns" || effect === "unpaid") add(sum.worth, { minor, currency });
}

/** Currencies are never added up. */
function add(worth: Money[], { minor, currency }: Money): void {
  const same = worth.find((one) => one.currency === currency);
  if (same) same.minor += minor;
  else worth.push({ minor, currency });
}
