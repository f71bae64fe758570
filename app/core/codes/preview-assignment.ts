import { oldestReportable } from "../conversions/reporting-limit.ts";
import type { DiscountCode, OrderId, PartnerId, ShopDomain } from "../ids.ts";
import type { Money } from "../money.ts";
import { earnedLines, earnedMinor } from "../orders/earned-lines.ts";
import type { LateOrder } from "../ports/late-stores.ts";
import type { Ports } from "../ports/ports.ts";
import { addUpEarning, EARNING_PAGE, earningsOf } from "./add-up-earning.ts";
import type { LateEffect } from "./late-effect.ts";

export interface AssignmentPreview {
  now: Date;
  /** impact.com takes nothing that was placed before. */
  oldest: Date;
  /** From when the partner would have the code: never before what impact.com still takes. */
  from: Date;
  /** How many orders each effect meets; what impact.com would get, for those the partner earns. */
  effects: { effect: LateEffect; orders: number; worth: Money[] }[];
  /** Orders that may earn as well, and that are too many to be added up for a preview. */
  more: number;
  /** The newest orders with the code, and what impact.com would get for each as it is now. */
  orders: (LateOrder & { earnedMinor: number })[];
}

type Needs = Pick<Ports, "store" | "clock">;

const SHOWN = 50;

/**
 * What giving a code to a partner from that moment on would change in the ledger; null means all
 * that can still be reported. Amounts are what the shop's basis makes of each order after its refunds.
 */
export async function previewAssignment(
  { store, clock }: Needs,
  {
    shop,
    code,
    since,
    partnerId = null,
  }: { shop: ShopDomain; code: DiscountCode; since: Date | null; partnerId?: PartnerId | null },
): Promise<AssignmentPreview> {
  const now = clock.now();
  const oldest = oldestReportable(now);
  const from = startOf(since, oldest);
  const question = { code, from, oldest };
  const settings = await store.shops.reportSettings(shop);
  const given = { code, partnerId };
  const pageAfter = async (after: OrderId | null) => {
    const page = { after, limit: EARNING_PAGE };
    return (await store.late.listEarning(shop, question, page)).map((orderId) => ({ orderId }));
  };
  const [counts, earning, listed] = await Promise.all([
    store.late.countByEffect(shop, question),
    addUpEarning(store, { pageAfter, settings, codeOf: () => given }, shop),
    store.late.listByEffect(shop, question, { limit: SHOWN }),
  ]);
  const ids = listed.map(({ orderId }) => orderId);
  const found = await store.orders.findAll(shop, ids);
  const byId = new Map(found.map((order) => [order.orderId, order]));
  const mayEarn = listed.flatMap(({ orderId, effect }) =>
    effect === "earns" ? (byId.get(orderId) ?? []) : [],
  );
  const earnings = await earningsOf(store, mayEarn, { settings, codeOf: () => given });
  const orders = listed.map((row) => {
    const order = byId.get(row.orderId);
    if (!order) return { ...row, earnedMinor: 0 };
    const whole = earnedMinor(earnedLines(order, settings.amountBasis));
    return { ...row, earnedMinor: whole, ...earnings.get(row.orderId) };
  });
  return { now, oldest, from, ...together(counts, earning), orders };
}

/** An order that is too old to be reported must not be taken for the partner's, and then fail. */
export function startOf(since: Date | null, oldest: Date): Date {
  return since && since > oldest ? since : oldest;
}

/** Of those that may earn, each counts where its facts put it. */
function together(
  counts: readonly { effect: LateEffect; orders: number }[],
  earning: Awaited<ReturnType<typeof addUpEarning>>,
): Pick<AssignmentPreview, "effects" | "more"> {
  const mayEarn = counts.find(({ effect }) => effect === "earns")?.orders ?? 0;
  const others = counts.filter(({ effect }) => effect !== "earns");
  const effects = [...new Set([...earning.keys(), ...others.map(({ effect }) => effect)])];
  const judged = [...earning.values()].reduce((all, { orders }) => all + orders, 0);
  return {
    more: Math.max(mayEarn - judged, 0),
    effects: effects.toSorted().map((effect) => ({
      effect,
      orders:
        (earning.get(effect)?.orders ?? 0) +
        (others.find((one) => one.effect === effect)?.orders ?? 0),
      worth: earning.get(effect)?.worth ?? [],
    })),
  };
}
