import { reportingEndsAt } from "../conversions/reporting-limit.ts";
import type { OrderId, ShopDomain } from "../ids.ts";
import type { LedgerStore } from "../ports/ledger-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { ListedOrder, OrderVersion } from "../ports/shopify.ts";
import type { Stores } from "../ports/store.ts";
import { laterThan } from "../orders/take-in-orders.ts";
import { failed, finished, queueNextPage, waitOrFail } from "./begin-run.ts";
import { oldestCertain, type Reconciliation } from "./reconciliation.ts";

type Needs = Pick<Ports, "store" | "shopify" | "clock" | "random">;

interface Listed {
  orders: ListedOrder[];
  nextCursor: string | null;
}

/**
 * Reads one page of Shopify's orders by when they were last changed, and asks for each that we have
 * not, or in an older version. Progress and those jobs are one commit: a page that was cut off is
 * read again, and one that was read twice counts once.
 */
export async function reconcileOrders(
  ports: Needs,
  { shop, runId }: JobPayloads["reconcile-orders"],
): Promise<void> {
  const run = await ports.store.reconciliations.find(shop, runId);
  if (run?.state !== "running") return;
  if ((await ports.store.shops.find(shop)) === null) {
    await ports.store.reconciliations.save(shop, run, failed(run, UNINSTALLED, ports.clock.now()));
    return;
  }
  const place = placeOf(run);
  const page = await ports.shopify.listOrders(shop, {
    updatedFrom: run.from,
    updatedTo: run.to,
    cursor: place.cursor,
  });
  if (!page.ok) return waitOrFail(ports, shop, run, page.problem);
  await takePage(ports, shop, run, page.value);
}

const UNINSTALLED = "The app was uninstalled.";

async function takePage(
  { store, clock }: Needs,
  shop: ShopDomain,
  run: Reconciliation,
  page: Listed,
): Promise<void> {
  const missing = await missingOf(store.ledger, shop, page.orders);
  const now = clock.now();
  const gone = await goneOf(store.ledger, shop, { run, page, now });
  const read = {
    ...run,
    listed: run.listed + page.orders.length,
    found: run.found + missing.length + gone.length,
    attempts: 0,
    problem: null,
    progressAt: now,
  };
  const cursor = nextPlace(run, page);
  await store.inTransaction(async (tx) => {
    const after = cursor ? { ...read, cursor } : finished(read, now);
    // First, as it locks the run: who comes second asks for nothing.
    if (!(await tx.reconciliations.save(shop, run, after))) return;
    await askFor(tx, shop, { missing, gone }, now);
    if (cursor) await queueNextPage(tx, shop, run);
  });
}

/** Each order once, whichever run found it; what a webhook asks for goes before, the oldest next. */
async function askFor(
  tx: Pick<Stores, "ledger" | "queue">,
  shop: ShopDomain,
  { missing, gone }: { missing: MissingOrder[]; gone: OrderId[] },
  now: Date,
): Promise<void> {
  const ids = [...missing.map(({ orderId }) => orderId), ...gone];
  if (ids.length === 0) return;
  const queued = await tx.ledger.listAskedFor(shop, ids);
  const asked = new Set(queued.map(({ orderId }) => orderId));
  const askedNow = new Set(
    queued.filter(({ isSecondLook }) => !isSecondLook).map(({ orderId }) => orderId),
  );
  const jobs = [
    ...missing
      .filter(({ orderId }) => !askedNow.has(orderId))
      .map(({ orderId, placedAt, changedAt }) => ({
        payload: {
          shop,
          orderId,
          placedAt: placedAt.toISOString(),
          changedAt: changedAt.toISOString(),
        },
        options: { deadline: reportingEndsAt(placedAt) },
      })),
    ...gone
      .filter((orderId) => !asked.has(orderId))
      .map((orderId) => ({
        payload: { shop, orderId },
        options: { deadline: reportingEndsAt(now) },
      })),
  ];
  await tx.queue.sendAll("fetch-order", jobs);
}

interface MissingOrder extends ListedOrder {
  /** From which version on it holds what we miss. */
  changedAt: Date;
}

async function missingOf(
  ledger: LedgerStore,
  shop: ShopDomain,
  listed: ListedOrder[],
): Promise<MissingOrder[]> {
  const ids = listed.map(({ orderId }) => orderId);
  const known = await ledger.listKnown(shop, ids);
  return listed.flatMap((order) => {
    const ours = known.get(order.orderId);
    if (isCurrent(ours, order)) return [];
    const isNewer = !ours || ours.updatedAt < order.updatedAt;
    return [{ ...order, changedAt: isNewer ? order.updatedAt : laterThan(ours.updatedAt) }];
  });
}

/** Shopify's updated_at has whole seconds: in one of them more may have happened. */
function isCurrent(known: OrderVersion | undefined, listed: OrderVersion): boolean {
  if (!known || known.updatedAt < listed.updatedAt || known.refunds < listed.refunds) return false;
  if (listed.refundedAt && known.refundedAt && known.refundedAt < listed.refundedAt) return false;
  const isSameSecond = known.updatedAt.getTime() === listed.updatedAt.getTime();
  return !isSameSecond || saysTheSame(known, listed);
}

function saysTheSame(known: OrderVersion, listed: OrderVersion): boolean {
  const isUntold = known.subtotalMinor === null || listed.subtotalMinor === null;
  return (
    known.financialStatus === listed.financialStatus &&
    known.isCancelled === listed.isCancelled &&
    (isUntold || known.subtotalMinor === listed.subtotalMinor)
  );
}

const GONE_AT_A_TIME = 1_000;

/**
 * Ours that stand between the page's first and last moment of change and are not on it: deleted
 * without a word, or changed since. Asking tells.
 */
async function goneOf(
  ledger: LedgerStore,
  shop: ShopDomain,
  { run, page, now }: { run: Reconciliation; page: Listed; now: Date },
): Promise<OrderId[]> {
  const { orders, nextCursor } = page;
  const lastChange = orders.at(-1)?.updatedAt;
  const before = nextCursor && lastChange ? lastChange : run.to;
  const placedFrom = oldestCertain(now);
  const except = orders.map(({ orderId }) => orderId);
  const gone: OrderId[] = [];
  let after = placeOf(run).lastChange ?? new Date(run.from.getTime() - 1);
  let afterId: OrderId | null = null;
  for (;;) {
    const between = { after, afterId, before, placedFrom };
    const found = await ledger.listChangedBetween(shop, between, { except, limit: GONE_AT_A_TIME });
    gone.push(...found.map(({ orderId }) => orderId));
    const last = found.at(-1);
    if (!last || found.length < GONE_AT_A_TIME) return gone;
    [after, afterId] = [last.updatedAt, last.orderId];
  }
}

/** Our cursor: when the last order so far was changed, and Shopify's own cursor. */
function nextPlace(run: Reconciliation, { orders, nextCursor }: Listed): string | null {
  if (nextCursor === null) return null;
  const last = orders.at(-1)?.updatedAt ?? placeOf(run).lastChange ?? run.from;
  return `${last.getTime()}/${nextCursor}`;
}

function placeOf({ cursor }: Pick<Reconciliation, "cursor">): {
  lastChange: Date | null;
  cursor: string | null;
} {
  if (cursor === null) return { lastChange: null, cursor: null };
  const cut = cursor.indexOf("/");
  return { lastChange: new Date(Number(cursor.slice(0, cut))), cursor: cursor.slice(cut + 1) };
}
