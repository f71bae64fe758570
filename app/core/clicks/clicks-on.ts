import type { Click } from "../attribution/click.ts";
import { gatherClicks, type ToldClick } from "../attribution/gather-clicks.ts";
import type { OrderId } from "../ids.ts";
import type { OrderFacts } from "../orders/order-facts.ts";
import type { Order } from "../orders/order.ts";
import type { ClickLookUp } from "../ports/click-store.ts";
import type { PipelineStores } from "../ports/store.ts";

/** The clicks known for orders of one shop; what their checkouts' pixels told is kept with them from then on. */
export async function clicksOn(
  { clicks }: Pick<PipelineStores, "clicks">,
  orders: readonly Order[],
): Promise<Map<OrderId, Click[]>> {
  const [first] = orders;
  if (!first) return new Map();
  const told = await clicks.takeFor(
    first.shop,
    orders.map(({ facts }) => facts),
  );
  const fromPixel = (orderId: OrderId) => [told.get(orderId)].flatMap((click) => click ?? []);
  const all = orders.flatMap(({ orderId, facts }) => [...facts.clicks, ...fromPixel(orderId)]);
  const clickIds = [...new Set(all.map(({ clickId }) => clickId))];
  const lookUps = await clicks.listLookUps(first.shop, clickIds);
  return new Map(
    orders.map(({ orderId, facts }) => [orderId, clicksOf(facts, fromPixel(orderId), lookUps)]),
  );
}

/** The clicks of an order: those that came with it, and what its pixel and impact.com told. */
export function clicksOf(
  { clicks }: Pick<OrderFacts, "clicks">,
  fromPixel: readonly ToldClick[],
  lookUps: ReadonlyMap<string, ClickLookUp>,
): Click[] {
  const told = gatherClicks([...clicks, ...fromPixel]);
  return told.map((click) => {
    const lookUp = lookUps.get(click.clickId);
    if (!lookUp) return { ...click, partner: null, clickedAt: null };
    const { verdict, partner, clickedAt } = lookUp;
    return { ...click, partner, clickedAt, ...(verdict !== "known" && { refused: verdict }) };
  });
}
