import { oldestCertain } from "../ledger/reconciliation.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { Stores } from "../ports/store.ts";
import { nextAttemptAt } from "../retry.ts";
import type { ShopDetails } from "../shops/shop-details.ts";
import type { OrderFacts } from "./order-facts.ts";
import { takeInOrders } from "./take-in-orders.ts";
import { unreadFacts } from "./unread-facts.ts";

type Needs = Pick<Ports, "store" | "shopify" | "clock" | "random">;

/**
 * Shopify is asked for so long; after that the order, or its change, stands in the ledger as unreadable.
 * That of a closed shop is asked for all the same: nothing else would tell once it is open again.
 */
const PATIENCE_MS = 7 * 86_400_000;

/**
 * Asks Shopify for an order that no usable webhook has brought, and takes it in like one. An order
 * we have that Shopify has not, hours later either, counts as deleted. One that can't be read gets a
 * line of its own, so that it is seen; whoever reads it later replaces that line. One we have stands
 * as unreadable until the change is read.
 */
export async function fetchOrder(ports: Needs, payload: JobPayloads["fetch-order"]): Promise<void> {
  const { shop, orderId } = payload;
  const { store, shopify, clock } = ports;
  const details = await store.shops.find(shop);
  if (!details) return;
  const clickParameter = await store.clicks.findParameter(shop);
  const askedAt = clock.now();
  const answer = await shopify.readOrder(shop, orderId, { clickParameter });
  const now = clock.now();
  if (answer.ok) {
    await takeAnswer(ports, payload, { facts: answer.value, askedAt });
    return;
  }
  const { problem } = answer;
  const since = payload.since ? new Date(payload.since) : now;
  const isWorthWaiting = now.getTime() - since.getTime() < PATIENCE_MS;
  const mayWait = problem.retry === "later" && isWorthWaiting;
  if (!mayWait) {
    await keepUnreadable(ports, payload, { details, since, now, problem: problem.message });
  }
  if (mayWait || problem.kind === "shop-closed") {
    await askAgain(ports, payload, since, problem.retryAt);
  }
}

/** A commission is taken back for ever, so Shopify is asked once more, these hours later. */
const SECOND_LOOK_MS = 6 * 3_600_000;

/** Shopify finds no order older than 60 days either: that says nothing of its being deleted. */
async function takeAnswer(
  { store, clock }: Needs,
  payload: JobPayloads["fetch-order"],
  { facts, askedAt }: { facts: OrderFacts | null; askedAt: Date },
): Promise<void> {
  const now = clock.now();
  const { shop, orderId, missedAt } = payload;
  await store.inTransaction(async (tx) => {
    // It may have been erased while Shopify was asked.
    if (!(await tx.shops.hold(shop))) return;
    if (facts) {
      await takeInOrders(tx, shop, { facts: [facts], refunds: [], deleted: [], askedAt }, now);
      return;
    }
    const ours = await tx.orders.find(shop, orderId);
    if (!ours || ours.deletedAt) return;
    if (ours.placedAt < oldestCertain(now)) return markHidden(tx, payload, now);
    if (missedAt) {
      await takeInOrders(tx, shop, { facts: [], refunds: [], deleted: [orderId] }, now);
      return;
    }
    const startAfter = new Date(now.getTime() + SECOND_LOOK_MS);
    const again = { shop, orderId, missedAt: now.toISOString() };
    await tx.queue.send("fetch-order", again, { startAfter });
  });
}

/** It is certain that something was changed only where Shopify has told so. */
async function markHidden(
  tx: Pick<Stores, "orders">,
  { shop, orderId, changedAt }: JobPayloads["fetch-order"],
  now: Date,
): Promise<void> {
  if (!changedAt) return;
  const change = { problem: HIDDEN, changedAt: new Date(changedAt) };
  await tx.orders.markUnread(shop, orderId, change, now);
}

const HIDDEN =
  "Shopify told of a change that this app could not take in, and shows it no order older than 60 days. Allow older orders under Settings, then try again.";

async function askAgain(
  { store, clock, random }: Needs,
  job: JobPayloads["fetch-order"],
  since: Date,
  notBefore: Date | undefined,
): Promise<void> {
  const attempts = job.attempts ?? 0;
  const startAfter = nextAttemptAt({ now: clock.now(), attempts, random: random(), notBefore });
  const payload = { ...job, attempts: attempts + 1, since: since.toISOString() };
  await store.queue.send("fetch-order", payload, { startAfter });
}

interface Unreadable {
  details: ShopDetails;
  since: Date;
  now: Date;
  problem: string;
}

async function keepUnreadable(
  { store }: Needs,
  { shop, orderId, ...payload }: JobPayloads["fetch-order"],
  { details, since, now, problem }: Unreadable,
): Promise<void> {
  const placedAt = payload.placedAt ? new Date(payload.placedAt) : null;
  const changedAt = payload.changedAt ? new Date(payload.changedAt) : null;
  const facts = unreadFacts(orderId, details, placedAt ?? since);
  const change = { problem: `A later change of it can't be read. ${problem}`, changedAt };
  await store.inTransaction(async (tx) => {
    if (!(await tx.shops.hold(shop))) return;
    await tx.orders.lock(shop, orderId);
    await tx.ledger.saveUnreadable(shop, facts, { problem, isDated: placedAt !== null }, now);
    await tx.orders.markUnread(shop, orderId, change, now);
  });
}
