import type { Click } from "../attribution/click.ts";
import { clicksNamedIn, gatherClicks, type ToldClick } from "../attribution/gather-clicks.ts";
import { groupBy } from "../group-by.ts";
import type { OrderId, ShopDomain } from "../ids.ts";
import type { OrderFacts } from "../orders/order-facts.ts";
import type { Order } from "../orders/order.ts";
import type { ClickLookUp, ClickRefusal, ClickStore } from "../ports/click-store.ts";
import type { PipelineStores } from "../ports/store.ts";

/**
 * The clicks known for orders of one shop; what their checkouts' pixels told is kept with them from then
 * on. Where the customer was forgotten, those that the order's decision names: it stays, so that who
 * earns an order does not change by what had to be dropped.
 */
export async function clicksOn(
  { clicks }: Pick<PipelineStores, "clicks">,
  orders: readonly Order[],
): Promise<Map<OrderId, Click[]>> {
  const [first] = orders;
  if (!first) return new Map();
  const { shop } = first;
  const forgotten = await namedClicks(clicks, shop, orders);
  const told = await clicks.takeFor(
    shop,
    orders.map(({ facts }) => facts),
  );
  const withClicks = orders.map(({ orderId, facts, placedAt }) => {
    return { orderId, placedAt, clicks: forgotten.get(orderId) ?? facts.clicks };
  });
  return judgedClicks(clicks, shop, withClicks, told);
}

/** What is known of one order's clicks, as `clicksOn` has it; writes nothing. */
export async function readClicksOn(
  clicks: Pick<ClickStore, "listForOrder" | "listRedacted" | "listLookUps">,
  order: Pick<Order, "shop" | "orderId" | "facts" | "placedAt">,
  refusals: readonly ClickRefusal[],
): Promise<Click[]> {
  const told = await toldOf(clicks, order);
  const ids = told.map(({ clickId }) => clickId);
  const lookUps = await clicks.listLookUps(order.shop, ids);
  return clicksOf({ clicks: told, placedAt: order.placedAt }, [], { lookUps, refusals });
}

/** The clicks that were told of one order, whatever impact.com says of them; as `clicksOn`, but writes nothing. */
export async function toldOf(
  clicks: Pick<ClickStore, "listForOrder" | "listRedacted">,
  order: Pick<Order, "shop" | "orderId" | "facts">,
): Promise<ToldClick[]> {
  const { shop, orderId, facts } = order;
  const forgotten = await namedClicks(clicks, shop, [order]);
  return forgotten.get(orderId) ?? [...facts.clicks, ...(await clicks.listForOrder(shop, orderId))];
}

/** Of orders whose customer was forgotten, the clicks that their decisions name. */
async function namedClicks(
  clicks: Pick<ClickStore, "listRedacted">,
  shop: ShopDomain,
  orders: readonly Pick<Order, "orderId" | "facts">[],
): Promise<Map<OrderId, ToldClick[]>> {
  // Most orders say by themselves that they were not: nothing is asked of them.
  const bare = orders.filter(({ facts: { clicks, checkoutHash, emailSha1 } }) => {
    return clicks.length === 0 && checkoutHash === null && emailSha1 === null;
  });
  if (bare.length === 0) return new Map();
  const decisions = await clicks.listRedacted(
    shop,
    bare.map(({ orderId }) => orderId),
  );
  return new Map([...decisions].map(([orderId, decision]) => [orderId, clicksNamedIn(decision)]));
}

/** Each order's clicks, with the one its pixel told, and with what impact.com has said of them. */
export async function judgedClicks(
  { listLookUps, listRefusals }: Pick<ClickStore, "listLookUps" | "listRefusals">,
  shop: ShopDomain,
  orders: readonly { orderId: OrderId; placedAt: Date; clicks: ToldClick[] }[],
  fromPixels: ReadonlyMap<OrderId, ToldClick>,
): Promise<Map<OrderId, Click[]>> {
  const fromPixel = (orderId: OrderId) => [fromPixels.get(orderId)].flatMap((click) => click ?? []);
  const all = orders.flatMap(({ orderId, clicks }) => [...clicks, ...fromPixel(orderId)]);
  const clickIds = [...new Set(all.map(({ clickId }) => clickId))];
  const lookUps = await listLookUps(shop, clickIds);
  const clicked = orders.filter(
    ({ orderId, clicks }) => clicks.length > 0 || fromPixels.has(orderId),
  );
  const refusals = await listRefusals(
    shop,
    clicked.map(({ orderId }) => orderId),
  );
  const byOrder = groupBy(refusals, ({ orderId }) => orderId);
  return new Map(
    orders.map((order) => {
      const said = { lookUps, refusals: byOrder.get(order.orderId) ?? [] };
      return [order.orderId, clicksOf(order, fromPixel(order.orderId), said)];
    }),
  );
}

/** What impact.com has said of an order's clicks: whose they are, and which it would not pay. */
interface Said {
  lookUps: ReadonlyMap<string, ClickLookUp>;
  refusals: readonly ClickRefusal[];
}

/** The clicks of an order: those that came with it, and what its pixel and impact.com told. */
export function clicksOf(
  { clicks, placedAt }: Pick<OrderFacts, "clicks" | "placedAt">,
  fromPixel: readonly ToldClick[],
  { lookUps, refusals }: Said,
): Click[] {
  const told = gatherClicks([...clicks, ...fromPixel]);
  return told.map((click) => {
    const refusal = refusals.find(({ clickId }) => clickId === click.clickId);
    if (refusal) return notPayable(click, refusal, lookUps);
    const lookUp = lookUps.get(click.clickId);
    if (!lookUp || isOutOfDate(lookUp, placedAt)) {
      const open = { ...click, partner: null, clickedAt: null, isOpen: true as const };
      return lookUp?.isOvertaken ? { ...open, isAskedAnew: true } : open;
    }
    const { partner, clickedAt } = lookUp;
    const refused = refusedBecause(lookUp, placedAt);
    const told = { ...click, partner, clickedAt, ...(refused && { refused }) };
    return lookUp.isUntracked ? { ...told, isUntracked: true } : told;
  });
}

/** Whatever its look-up says: impact.com has said more by refusing it. */
function notPayable(click: ToldClick, { reason }: ClickRefusal, lookUps: Said["lookUps"]): Click {
  const { partner = null, clickedAt = null } = lookUps.get(click.clickId) ?? {};
  return { ...click, partner, clickedAt, refused: "not-payable", refusedFor: reason };
}

/** How long impact.com takes to know a click is nowhere documented; for so long orders share an answer. */
const UNKNOWN_FOR_MS = 3_600_000;

/**
 * A click that impact.com didn't know well before an order may have turned up by then, and one of which an
 * earlier token was not told is told to another.
 */
export function isOutOfDate(
  { verdict, lookedAt, isOvertaken }: Pick<ClickLookUp, "verdict" | "lookedAt" | "isOvertaken">,
  placedAt: Date,
): boolean {
  if (isOvertaken) return true;
  return verdict === "unknown-there" && lookedAt.getTime() + UNKNOWN_FOR_MS < placedAt.getTime();
}

function refusedBecause(
  { verdict, partnerLeftAt, partnerBackAt }: ClickLookUp,
  placedAt: Date,
): Click["refused"] | null {
  if (verdict === "not-told") return null;
  if (verdict !== "known") return verdict;
  if (!partnerLeftAt || partnerLeftAt > placedAt) return null;
  return partnerBackAt && partnerBackAt <= placedAt ? null : "partner-removed";
}
