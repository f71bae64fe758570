import { attributeOrder } from "#app/core/attribution/attribute-order.ts";
import { readRule, type RuleForm } from "#app/core/attribution/read-rule.ts";
import { rulesAt, type RulesAt } from "#app/core/attribution/rules-at.ts";
import { clicksOn } from "#app/core/clicks/clicks-on.ts";
import type { OrderId, ShopDomain } from "#app/core/ids.ts";
import { attributable } from "#app/core/orders/judge-order.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { createTally } from "#app/core/simulation/tally.ts";

interface Asked {
  shop: ShopDomain;
  form: RuleForm;
  orders: number;
}

/** The newest orders replayed one by one, each read as the app reads an order to decide it. */
export async function naively(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, form, orders }: Asked,
): Promise<void> {
  const read = readRule(form);
  if (!read.ok) throw new Error("the rule was refused");
  const today = rulesAt(await store.rules.list(shop), clock.now());
  const then: RulesAt = { ...today, shop: { scope: "shop", rule: read.value, from: clock.now() } };
  const tally = createTally();
  for (const orderId of await newestOrders(store, shop, orders)) {
    const [order] = await store.orders.findAll(shop, [orderId]);
    if (!order) continue;
    const known = (await store.codes.knownOn(shop, [order])).get(orderId) ?? [];
    const clicks = (await clicksOn(store, [order])).get(orderId) ?? [];
    const facts = attributable(order, clicks);
    const decided = attributeOrder(facts, known, today);
    tally.add({ ...order, today: decided, then: attributeOrder(facts, known, then) });
  }
}

async function newestOrders(
  { replays }: Ports["store"],
  shop: ShopDomain,
  limit: number,
): Promise<OrderId[]> {
  const which = { since: new Date(0), until: null, without: [] };
  const page = await replays.page(shop, which, { after: null, limit });
  return page.map(({ orderId }) => orderId);
}
