import { readClicksOn } from "../clicks/clicks-on.ts";
import { underOtherRules, type OtherRule } from "../attribution/under-other-rules.ts";
import type { OrderId, ShopDomain } from "../ids.ts";
import type { ClickRefusal } from "../ports/click-store.ts";
import type { Ports } from "../ports/ports.ts";
import { impactNeedOf, needEndsAt } from "./impact-need.ts";
import { attributable } from "./judge-order.ts";
import { nextStepFor } from "./next-step.ts";
import type { Order } from "./order.ts";
import { mayBeReportedAfterAll, mayBeRetried } from "./order-state.ts";
import type { OrderHistory } from "./order-timeline.ts";

export interface OrderReading extends OrderHistory {
  canRetry: boolean;
  /** Somebody else's action keeps it back; the merchant may say that this is over. */
  canReportAfterAll: boolean;
  /** What the merchant can do about a failed order, or one that is kept back. */
  nextStep: string | null;
  /** What would have become of it under other rules. */
  others: OtherRule[];
}

/** Everything known of one order, or null where this shop has no such order. */
export async function readOrder(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, orderId }: { shop: ShopDomain; orderId: OrderId },
): Promise<OrderReading | null> {
  const order = await store.orders.find(shop, orderId);
  if (!order) return null;
  const [deliveries, decision, conversions, adjustments, settings, connection] = await Promise.all([
    store.deliveries.listForOrder(shop, orderId),
    store.orders.findAttribution(shop, orderId),
    store.conversions.listForOrder(shop, orderId),
    store.adjustments.listForOrder(shop, orderId),
    store.shops.reportSettings(shop),
    store.connections.find(shop),
  ]);
  const refusals = await store.clicks.listRefusals(shop, [orderId]);
  const ids = conversions.map(({ id }) => id);
  const submissions = await store.conversions.listSubmissions(shop, ids);
  const amountBasis = conversions[0]?.amountBasis ?? settings.amountBasis;
  const need = impactNeedOf(order, connection);
  const history = {
    order,
    deliveries,
    decision,
    conversions,
    adjustments,
    submissions,
    refusals,
    creditedThere: await readCredited(store, order),
    amountBasis,
    need,
    endsAt: need && needEndsAt(order),
  };
  const now = clock.now();
  const canRetry = mayBeRetried(order, now);
  const canReportAfterAll = mayBeReportedAfterAll(order, now);
  const hasNextStep = order.state === "failed" || canReportAfterAll;
  const nextStep = hasNextStep ? nextStepFor(order.reason).nextStep : null;
  const others = decision ? await decideOtherwise(store, order, refusals) : [];
  return { ...history, canRetry, canReportAfterAll, nextStep, others };
}

async function readCredited(
  { credited, partners }: Pick<Ports["store"], "credited" | "partners">,
  { shop, orderId }: Order,
): Promise<OrderHistory["creditedThere"]> {
  const seen = await credited.list(shop, orderId);
  if (seen.length === 0) return [];
  const names = new Map((await partners.list(shop)).map((one) => [one.partnerId, one.name]));
  return seen.map((one) => {
    const name = one.partnerId && names.get(one.partnerId);
    return { ...one, partner: name ?? (one.partnerId ? `Partner ${one.partnerId}` : "somebody") };
  });
}

async function decideOtherwise(
  { clicks, codes, rules }: Pick<Ports["store"], "clicks" | "codes" | "rules">,
  order: Order,
  refusals: readonly ClickRefusal[],
): Promise<OtherRule[]> {
  const { shop, orderId } = order;
  const known = await codes.knownOn(shop, [order]);
  const history = await rules.list(shop);
  const judged = await readClicksOn(clicks, order, refusals);
  return underOtherRules(attributable(order, judged), known.get(orderId) ?? [], history);
}
