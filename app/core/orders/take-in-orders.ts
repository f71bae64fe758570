import { withoutUnwantedLandings } from "../clicks/landings.ts";
import type { OrderId, ShopDomain } from "../ids.ts";
import type { PipelineStores } from "../ports/store.ts";
import { decideNew } from "./decide-new.ts";
import { decideOrders } from "./decide-orders.ts";
import { saysTheSame, type OrderFacts, type Refund } from "./order-facts.ts";
import { newOrder, type Order } from "./order.ts";

/** What was heard of a shop's orders, by whatever way. */
export interface OrderNews {
  /** In the order they were told, as far as that is known. */
  facts: OrderFacts[];
  refunds: OrderRefund[];
  /** Orders that Shopify no longer has. */
  deleted: OrderId[];
  /** When Shopify was asked, where this is its answer and no webhook. */
  askedAt?: Date;
}

export interface OrderRefund {
  orderId: OrderId;
  refund: Refund;
}

/**
 * Brings news into the ledger, in whatever order and however often it comes: the newest facts win,
 * refunds add up by id, and every order is decided again. A refund whose order has not come waits
 * for it. The caller's transaction holds the orders' locks from here on.
 */
export async function takeInOrders(
  tx: PipelineStores,
  shop: ShopDomain,
  news: OrderNews,
  now: Date,
): Promise<void> {
  const sorted = sortNews(news);
  if (sorted.orderIds.length === 0) return;
  await tx.orders.lockAll(shop, sorted.orderIds);
  const isLast = isLastOfItsSecond(news);
  const { first, others } = await partFirst(tx, shop, news, sorted);
  const orders = [
    ...(await takeInFirst(tx, shop, first, now)),
    ...(await takeInAgain(tx, shop, { news, isLast, ...others }, now)),
  ];
  if (!isLast) await askAboutTies(tx, shop, { told: news.facts, orders, now });
}

/** Orders of which this is the first that was ever heard, and all others. */
async function partFirst(
  tx: PipelineStores,
  shop: ShopDomain,
  { deleted }: OrderNews,
  { facts, refunds, orderIds }: SortedNews,
): Promise<{ first: OrderFacts[]; others: SortedNews }> {
  const told = [...deleted, ...refunds.map(({ orderId }) => orderId)];
  const heardOf = new Set([...told, ...(await tx.orders.listHeardOf(shop, orderIds))]);
  return {
    first: facts.filter(({ orderId }) => !heardOf.has(orderId)),
    others: {
      facts: facts.filter(({ orderId }) => heardOf.has(orderId)),
      refunds,
      orderIds: orderIds.filter((orderId) => heardOf.has(orderId)),
    },
  };
}

/** Decided before they are written: each is written once, and nothing has to be read again. */
async function takeInFirst(
  tx: PipelineStores,
  shop: ShopDomain,
  told: readonly OrderFacts[],
  now: Date,
): Promise<Order[]> {
  const facts = await withoutUnwantedLandings(tx, shop, told);
  const orders = facts.map((one) => newOrder(shop, one, now));
  await decideNew(tx, shop, orders, {
    now,
    asks: true,
    save: (decisions) => tx.orders.saveFacts(shop, facts, now, { decisions }),
  });
  return orders;
}

interface TakenAgain extends SortedNews {
  news: OrderNews;
  isLast: boolean;
}

async function takeInAgain(
  tx: PipelineStores,
  shop: ShopDomain,
  { news, isLast, facts, refunds, orderIds }: TakenAgain,
  now: Date,
): Promise<Order[]> {
  if (orderIds.length === 0) return [];
  const kept = await withoutUnwantedLandings(tx, shop, facts);
  await tx.orders.saveFacts(shop, kept, now, { replacesTies: isLast });
  await tx.orders.saveRefunds(shop, refunds, now, { replacesTies: isLast });
  // A deletion may have come before its order did.
  const known = facts.map(({ orderId }) => orderId);
  const deleted = [...news.deleted, ...(await tx.deliveries.listDeletedOrders(shop, known))];
  await tx.orders.markDeleted(shop, deleted, now);
  // What Shopify shows was only taken for deleted, unless a delivery has said so.
  if (news.askedAt) {
    await tx.orders.markThere(shop, without(known, deleted));
    await tx.orders.markRead(shop, known, news.askedAt);
  }
  const orders = await tx.orders.findAll(shop, orderIds);
  await decideOrders(tx, orders, now);
  return orders;
}

/** After the second that both versions name, when Shopify can only answer with the last one. */
const ASK_AFTER_MS = 2_000;

/** An answer that was read within the second it names may be older than a webhook of that second. */
function isLastOfItsSecond({ askedAt, facts }: OrderNews): boolean {
  if (!askedAt) return false;
  return facts.every(({ updatedAt }) => askedAt.getTime() - updatedAt.getTime() >= ASK_AFTER_MS);
}

/** updated_at has whole seconds: of two versions of one second only Shopify knows which is true. */
async function askAboutTies(
  tx: PipelineStores,
  shop: ShopDomain,
  { told, orders, now }: { told: readonly OrderFacts[]; orders: readonly Order[]; now: Date },
): Promise<void> {
  const kept = new Map(orders.map(({ orderId, facts }) => [orderId, facts]));
  const contested = told.filter((one) => {
    const facts = kept.get(one.orderId);
    return facts?.updatedAt.getTime() === one.updatedAt.getTime() && !saysTheSame(facts, one);
  });
  const versions = new Map(contested.map(({ orderId, updatedAt }) => [orderId, updatedAt]));
  const startAfter = new Date(now.getTime() + ASK_AFTER_MS);
  const jobs = [...versions].map(([orderId, version]) => ({
    payload: { shop, orderId, changedAt: laterThan(version).toISOString() },
    options: { startAfter },
  }));
  await tx.queue.sendAll("fetch-order", jobs);
}

/** No version that we have is that new. */
export function laterThan(version: Date): Date {
  return new Date(version.getTime() + 1);
}

function without(orderIds: readonly OrderId[], gone: readonly OrderId[]): OrderId[] {
  return orderIds.filter((orderId) => !gone.includes(orderId));
}

interface RefundVersion extends OrderRefund {
  versionAt: Date;
}

interface SortedNews {
  facts: OrderFacts[];
  refunds: RefundVersion[];
  orderIds: OrderId[];
}

/**
 * Each order's newest facts and each refund's newest version (of one second the last told), and every
 * order id that is named. By itself a refund is told as it was made.
 */
export function sortNews({ facts, refunds, deleted }: OrderNews): SortedNews {
  const newest = new Map<OrderId, OrderFacts>();
  for (const one of facts) {
    const before = newest.get(one.orderId);
    if (!before || before.updatedAt <= one.updatedAt) newest.set(one.orderId, one);
  }
  const inFacts = facts.flatMap(({ orderId, updatedAt, refunds: known }) =>
    known.map((refund) => ({ orderId, refund, versionAt: later(updatedAt, refund.updatedAt) })),
  );
  const alone = refunds.map((one) => ({ ...one, versionAt: one.refund.createdAt }));
  const all = [...alone, ...inFacts];
  const byId = new Map<string, RefundVersion>();
  for (const one of all) {
    const before = byId.get(one.refund.refundId);
    if (!before || before.versionAt <= one.versionAt) byId.set(one.refund.refundId, one);
  }
  const named = [...newest.keys(), ...all.map(({ orderId }) => orderId), ...deleted];
  return {
    facts: [...newest.values()],
    refunds: [...byId.values()],
    orderIds: [...new Set(named)].sort(),
  };
}

function later(one: Date, other: Date | undefined): Date {
  return other && other > one ? other : one;
}
