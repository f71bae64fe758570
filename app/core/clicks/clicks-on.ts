import type { Click } from "../attribution/click.ts";
import { gatherClicks, type ToldClick } from "../attribution/gather-clicks.ts";
import type { OrderId } from "../ids.ts";
import type { OrderFacts } from "../orders/order-facts.ts";
import type { Order } from "../orders/order.ts";
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
  return new Map(
    orders.map(({ orderId, facts }) => {
      const click = told.get(orderId);
      return [orderId, clicksOf(facts, click ? [click] : [])];
    }),
  );
}

/** The clicks of an order: those that came with it, and what its checkout's pixel told. */
export function clicksOf(
  { clicks }: Pick<OrderFacts, "clicks">,
  fromPixel: readonly ToldClick[],
): Click[] {
  const told = gatherClicks([...clicks, ...fromPixel]);
  return told.map((click) => ({ ...click, partner: null, clickedAt: null }));
}
