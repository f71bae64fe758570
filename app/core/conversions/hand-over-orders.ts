import { attributeOrder } from "../attribution/attribute-order.ts";
import type { Attribution } from "../attribution/attribution.ts";
import { rulesAt } from "../attribution/rules-at.ts";
import { clicksOn } from "../clicks/clicks-on.ts";
import type { DiscountCode, OrderId, ShopDomain } from "../ids.ts";
import { attributable } from "../orders/judge-order.ts";
import type { Order } from "../orders/order.ts";
import type { Ports } from "../ports/ports.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Conversion } from "./conversion.ts";
import { sortedOnce } from "./put-back-conversion.ts";

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
    const orders = await tx.orders.findAll(shop, each);
    const conversions = await tx.conversions.listForOrders(shop, each);
    const untried = new Map(conversions.filter(isUntried).map((one) => [one.orderId, one]));
    const known = await tx.codes.knownOn(shop, orders);
    const history = await tx.rules.list(shop);
    const clicks = await clicksOn(tx, orders);
    for (const order of orders) {
      const conversion = untried.get(order.orderId);
      if (!conversion) continue;
      const attribution = attributeOrder(
        attributable(order, clicks.get(order.orderId) ?? []),
        known.get(order.orderId) ?? [],
        rulesAt(history, order.placedAt),
      );
      await save(tx, order, conversion, attribution, clock.now());
    }
  });
}

async function save(
  tx: PipelineStores,
  { shop, orderId, state, reason, problem }: Order,
  conversion: Conversion,
  attribution: Attribution,
  now: Date,
): Promise<void> {
  if (attribution.outcome !== "credited") return;
  const [{ partner, by }] = attribution.shares;
  if (!partner || by.kind !== "code") return;
  const { partnerId } = partner;
  if (partnerId === conversion.partnerId && by.code === conversion.code) return;
  await tx.conversions.saveEarner(shop, conversion.id, { partnerId, code: by.code });
  const decision = { orderId, state, reason, problem, attribution, forgets: false };
  await tx.orders.saveDecisions(shop, [decision], now);
}

function isUntried({ accountSid, wasReversed }: Conversion): boolean {
  return accountSid === null && !wasReversed;
}
