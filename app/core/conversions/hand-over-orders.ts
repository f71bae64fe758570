import { attributeOrder } from "../attribution/attribute-order.ts";
import type { Attribution } from "../attribution/attribution.ts";
import { isClickId, type Click } from "../attribution/click.ts";
import { rulesAt } from "../attribution/rules-at.ts";
import { clicksOn } from "../clicks/clicks-on.ts";
import { groupBy } from "../group-by.ts";
import type { DiscountCode, OrderId, ShopDomain } from "../ids.ts";
import { attributable } from "../orders/judge-order.ts";
import type { Order } from "../orders/order.ts";
import type { Ports } from "../ports/ports.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Conversion } from "./conversion.ts";
import { conversionsOfShares, numberOf } from "./conversions-of-shares.ts";
import { sortedOnce } from "./put-back-conversion.ts";
import { shareAnew, type Anew } from "./share-anew.ts";
import { isUntried } from "./take-back.ts";

/** Attributes the unsent orders of a code anew: each to who had the code when it was placed. */
export async function handOverOrders(
  ports: Pick<Ports, "store" | "clock">,
  { shop, code }: { shop: ShopDomain; code: DiscountCode },
): Promise<void> {
  const unsent = await ports.store.conversions.listUnsentForCode(shop, code);
  const orderIds = unsent.filter(isUntried).map(({ orderId }) => orderId);
  if (orderIds.length > 0) await attributeAnew(ports, shop, orderIds);
}

/** Orders of which nothing can have reached impact.com, once more by who had their codes then. */
export async function attributeAnew(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
  orderIds: readonly OrderId[],
): Promise<void> {
  await store.inPipeline(async (tx) => {
    const each = sortedOnce(orderIds);
    await tx.orders.lockAll(shop, each);
    await attributeLocked(tx, shop, each, clock.now());
  });
}

/** The same for orders whose locks are held. */
export async function attributeLocked(
  tx: PipelineStores,
  shop: ShopDomain,
  each: readonly OrderId[],
  now: Date,
): Promise<void> {
  for (const { clicks, ...anew } of await attributedNow(tx, shop, each)) {
    if (anew.ofOrder.length > 0) await askForNewClick(tx, anew.order, clicks);
    await (isShared(anew) ? shareAnew(tx, anew, now) : saveWhole(tx, anew, now));
  }
}

/** Orders with what is known of their clicks by now, and as they would be attributed by it. */
export async function attributedNow(
  tx: PipelineStores,
  shop: ShopDomain,
  each: readonly OrderId[],
): Promise<(Anew & { clicks: readonly Click[] })[]> {
  const orders = await tx.orders.findAll(shop, each);
  const conversions = await tx.conversions.listForOrders(shop, each);
  const byOrder = groupBy(conversions, ({ orderId }) => orderId);
  const known = await tx.codes.knownOn(shop, orders);
  const history = await tx.rules.list(shop);
  const byClicks = await clicksOn(tx, orders);
  return orders.map((order) => {
    const ofOrder = byOrder.get(order.orderId) ?? [];
    const codes = known.get(order.orderId) ?? [];
    const clicks = byClicks.get(order.orderId) ?? [];
    const rules = rulesAt(history, order.placedAt);
    const attribution = attributeOrder(attributable(order, clicks), codes, rules);
    return { order, ofOrder, attribution, codes, clicks };
  });
}

/** impact.com was asked of the clicks that were known when it was decided, if by a token of before. */
async function askForNewClick(
  tx: PipelineStores,
  { shop, orderId }: Order,
  clicks: readonly Click[],
): Promise<void> {
  const open = clicks.filter(({ clickId, isOpen }) => isOpen && isClickId(clickId));
  if (open.length === 0) return;
  const before = await tx.orders.findAttribution(shop, orderId);
  const told = (before?.attribution.candidates ?? []).flatMap((one) =>
    one.kind === "click" ? [one.clickId] : [],
  );
  const isAsked = open.every((one) => !one.isAskedAnew && told.includes(one.clickId));
  if (isAsked) return;
  await tx.queue.send("look-up-click", { shop, orderId });
}

/** Several share it, or are to, or a click alone is: then its conversions themselves are others. */
function isShared({ ofOrder, attribution }: Anew): boolean {
  const shares = attribution.outcome === "credited" ? attribution.shares : [];
  const isByClick = shares[0]?.by.kind === "click";
  return shares.length > 1 || isByClick || ofOrder.some(({ part, code }) => part ?? !code);
}

async function saveWhole(
  tx: PipelineStores,
  { order, ofOrder, attribution }: Anew,
  now: Date,
): Promise<void> {
  const conversion = ofOrder.findLast(isUntried);
  if (!conversion || attribution.outcome !== "credited") return;
  const [earner] = conversionsOfShares(
    order,
    attribution.shares,
    conversion,
    numberOf([conversion]),
  );
  if (!earner) return;
  if (!isSameEarner(earner, conversion)) {
    await tx.conversions.saveEarner(order.shop, conversion.id, earner);
  }
  // The same may earn it for another reason by now.
  await saveAttribution(tx, order, attribution, now);
}

/** A click of the same partner's that was found out since goes along with the code. */
export function isSameEarner(one: Earner, other: Earner): boolean {
  const isSame = one.partnerId === other.partnerId && one.code === other.code;
  return isSame && one.clickId === other.clickId;
}

type Earner = Pick<Conversion, "partnerId" | "code" | "clickId">;

async function saveAttribution(
  tx: PipelineStores,
  { shop, orderId, state, reason, problem }: Order,
  attribution: Attribution,
  now: Date,
): Promise<void> {
  const decision = { orderId, state, reason, problem, attribution, forgets: false };
  await tx.orders.saveDecisions(shop, [decision], now);
}
