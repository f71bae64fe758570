import type { OrderId, ShopDomain } from "../ids.ts";
import type { Money } from "../money.ts";
import { earnedLines, earnedMinor } from "../orders/earned-lines.ts";
import type { LateQuestion } from "../ports/late-stores.ts";
import type { Stores } from "../ports/store.ts";
import type { ReportSettings } from "../shops/report-settings.ts";
import { earningEffect, type LateEffect } from "./late-effect.ts";

/** Orders of one effect, and what impact.com would get for them: none for those that stay nobody's. */
interface Sum {
  orders: number;
  worth: Money[];
}

const PAGE_SIZE = 500;
const PAGES_AT_MOST = 10;

/**
 * Judges the orders that may earn by their facts and refunds, and adds up what they earn by the shop's
 * basis. Somebody waits for it: after some thousands of orders it leaves the rest.
 */
export async function addUpEarning(
  { late, orders }: Pick<Stores, "late" | "orders">,
  shop: ShopDomain,
  { question, settings }: { question: LateQuestion; settings: ReportSettings },
): Promise<Map<LateEffect, Sum>> {
  const sums = new Map<LateEffect, Sum>();
  let after: OrderId | null = null;
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const ids: OrderId[] = await late.listEarning(shop, question, { after, limit: PAGE_SIZE });
    for (const order of await orders.findAll(shop, ids)) {
      const effect = earningEffect(order, settings);
      const sum = sums.get(effect) ?? { orders: 0, worth: [] };
      sums.set(effect, sum);
      sum.orders += 1;
      if (effect === "kept-out") continue;
      const minor = earnedMinor(earnedLines(order, settings.amountBasis));
      add(sum.worth, { minor, currency: order.currency });
    }
    after = ids.at(-1) ?? null;
    if (ids.length < PAGE_SIZE) break;
  }
  return sums;
}

/** Currencies are never added up. */
function add(worth: Money[], { minor, currency }: Money): void {
  const same = worth.find((one) => one.currency === currency);
  if (same) same.minor += minor;
  else worth.push({ minor, currency });
}
