import { rulesAt, type DatedRule } from "../attribution/rules-at.ts";
import { clickHoldEndsAt } from "../clicks/click-hold.ts";
import { clicksOn } from "../clicks/clicks-on.ts";
import { groupBy } from "../group-by.ts";
import type { ShopDomain } from "../ids.ts";
import { attributable } from "../orders/judge-order.ts";
import type { Ports } from "../ports/ports.ts";
import type { Conversion } from "./conversion.ts";
import { sortedOnce, type SendOutcome } from "./put-back-conversion.ts";
import { isUntried } from "./take-back.ts";

/**
 * Of conversions that could go out, those of orders whose click may still change who earns them wait: on
 * the order's line, with a job for the end of it. Where no rule gives clicks anything, none does.
 */
export async function holdForClicks(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
  conversions: readonly Conversion[],
): Promise<SendOutcome[]> {
  const untried = conversions.filter(isUntried);
  if (untried.length === 0) return [];
  const history = await store.rules.list(shop);
  if (!history.some(givesClicks)) return [];
  const orderIds = sortedOnce(untried.map(({ orderId }) => orderId));
  const all = groupBy(
    await store.conversions.listForOrders(shop, orderIds),
    ({ orderId }) => orderId,
  );
  const orders = await store.orders.findAll(shop, orderIds);
  const known = await store.codes.knownOn(shop, orders);
  const clicks = await clicksOn(store, orders);
  const now = clock.now();
  return orders.flatMap((order) => {
    const { orderId, placedAt, facts } = order;
    const ofOrder = all.get(orderId) ?? [];
    // Once one part may be there, the parts stay what they are.
    if (!ofOrder.every(isUntried)) return [];
    const told = clicks.get(orderId) ?? [];
    const end = clickHoldEndsAt({
      order: attributable(order, told),
      known: known.get(orderId) ?? [],
      rules: rulesAt(history, placedAt),
      mayHearPixel: facts.checkoutHash !== null && !told.some(({ source }) => source === "pixel"),
      since: new Date(Math.min(...ofOrder.map(({ createdAt }) => createdAt.getTime()))),
    });
    if (!end || end <= now) return [];
    return untried.filter((one) => one.orderId === orderId).map((one) => heldUntil(one, end));
  });
}

function heldUntil(conversion: Conversion, sendAt: Date): SendOutcome {
  const held: Conversion = { ...conversion, state: "ready", nextAttemptAt: sendAt };
  return { conversion: held, reason: "click-pending", problem: null, sendAt };
}

function givesClicks(dated: DatedRule): boolean {
  if (!dated.rule) return false;
  const reports = dated.scope === "shop" && dated.rule.clickAlone === "report";
  return reports || dated.rule.meeting.kind !== "code-wins";
}
