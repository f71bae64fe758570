import { oldestReportable } from "../conversions/reporting-limit.ts";
import { normalizeCode } from "../codes/code-text.ts";
import type { ShopDomain } from "../ids.ts";
import type { ImpactAction } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { Stores } from "../ports/store.ts";
import { halfOf, MOST_PAGES, placeAfter, placeOf, type ActionPlace } from "./action-windows.ts";
import { failed, finished, queueNextPage, waitOrFail } from "./begin-run.ts";
import { compareActions } from "./compare-actions.ts";
import { orderIdIn } from "./earlier-actions.ts";
import { leftToTag } from "./left-to-tag.ts";
import type { LookedAt } from "../ports/ledger-stores.ts";
import { settledInLists, type NewDifference, type Reconciliation } from "./reconciliation.ts";

type Needs = Pick<Ports, "store" | "impact" | "clock" | "random">;
type Account = { accountSid: string; programId: string };

const NOT_CONNECTED = "impact.com is not connected. Connect it, then compare again.";
const PROGRAM_CHANGED = "The program was changed while its actions were read. Compare again.";

/**
 * Reads one page of impact.com's actions and notes what they tell otherwise than our conversions.
 * The last page adds what has no action there, and drops what the run looked at and no longer saw.
 */
export async function reconcileActions(
  ports: Needs,
  { shop, runId }: JobPayloads["reconcile-actions"],
): Promise<void> {
  const { store, impact, clock } = ports;
  const run = await store.reconciliations.find(shop, runId);
  if (run?.state !== "running") return;
  const connection = await store.connections.find(shop);
  const place = placeOf(run, connection?.program?.programId ?? null);
  if (!connection?.program || place === null) {
    const why = connection?.program ? PROGRAM_CHANGED : NOT_CONNECTED;
    await store.reconciliations.save(shop, run, failed(run, why, clock.now()));
    return;
  }
  const { programId, from, to, page } = place;
  const query = { programId, from, to, page };
  const answer = await impact.listActions(connection.credentials, query);
  const isTooMuch = answer.ok ? answer.value.pages > MOST_PAGES : answer.problem.kind === "refused";
  const half = isTooMuch ? halfOf(place) : null;
  if (half) return goOnAt(ports, shop, run, half);
  if (!answer.ok) return waitOrFail(ports, shop, run, answer.problem);
  const { accountSid } = connection.credentials;
  await takePage(ports, shop, run, { place, accountSid, ...answer.value });
}

/** Which refusal means too many actions is not documented: any is taken for that, as long as it helps. */
async function goOnAt(
  { store, clock }: Needs,
  shop: ShopDomain,
  run: Reconciliation,
  cursor: string,
): Promise<void> {
  const shorter = { ...run, cursor, attempts: 0, problem: null, progressAt: clock.now() };
  await store.inTransaction(async (tx) => {
    if (await tx.reconciliations.save(shop, run, shorter)) await queueNextPage(tx, shop, run);
  });
}

async function takePage(
  { store, clock }: Needs,
  shop: ShopDomain,
  run: Reconciliation,
  page: { place: ActionPlace; accountSid: string; actions: ImpactAction[]; pages: number },
): Promise<void> {
  const { place, actions } = page;
  const at = { accountSid: page.accountSid, programId: place.programId };
  const now = clock.now();
  const cursor = placeAfter(run, place, page.pages);
  const read: Reconciliation = {
    ...run,
    cursor,
    listed: run.listed + actions.length,
    attempts: 0,
    problem: null,
    progressAt: now,
  };
  await store.inTransaction(async (tx) => {
    // First, as it locks the run: who comes second changes nothing.
    if (!(await tx.reconciliations.save(shop, run, read))) return;
    const onPage = await notePage(tx, shop, run, { at, actions, now });
    const noted = { ...read, otherCurrency: run.otherCurrency + onPage.otherCurrency };
    if (!cursor) return finish(tx, shop, noted, { at, now });
    await tx.reconciliations.save(shop, read, noted);
    await queueNextPage(tx, shop, run);
  });
}

async function notePage(
  tx: Stores,
  shop: ShopDomain,
  run: Reconciliation,
  { at, actions, now }: { at: Account; actions: ImpactAction[]; now: Date },
): Promise<{ otherCurrency: number }> {
  if (actions.length === 0) return { otherCurrency: 0 };
  const orderIds = [...new Set(actions.map(({ impactOrderId }) => impactOrderId))];
  const codes = [
    ...new Set(actions.flatMap(({ promoCode }) => promoCode ?? []).map(normalizeCode)),
  ];
  const conversions = await tx.differences.listReported(shop, at, orderIds);
  const restarted = await tx.differences.listRestarted(shop, orderIds.map(orderIdIn));
  const own = await tx.differences.listOwnNames(shop, at, { orderIds, codes });
  const left = leftToTag(own.uncoded, await tx.rules.list(shop));
  const found = compareActions({ actions, conversions, restarted, own, leftToTag: left, run, now });
  await tx.differences.markSeen(shop, found, run);
  await tx.differences.remove(shop, found.refuted);
  const seenBy = { id: run.id, programId: at.programId };
  await tx.differences.save(shop, seenBy, found.differences, now);
  const theirs = [...found.differences, ...found.byTag].flatMap(creditedThere);
  const once = new Map(theirs.map((one) => [one.orderId, one]));
  await tx.credited.note(shop, seenBy, [...once.values()], now);
  return found;
}

async function finish(
  tx: Stores,
  shop: ShopDomain,
  run: Reconciliation,
  { at, now }: { at: Account; now: Date },
): Promise<void> {
  const settledBefore = settledInLists(now);
  await tx.differences.addMissing(shop, run, { ...at, settledBefore }, now);
  const looked = { id: run.id, programId: at.programId, from: run.from, to: run.to };
  await dropUnseen(tx, shop, looked);
  await releaseUncredited(tx, shop, looked, now);
  const found = await tx.differences.count(shop);
  await tx.reconciliations.save(shop, run, finished({ ...run, found }, now));
}

const DROPPED_AT_ONCE = 500;

async function dropUnseen(tx: Stores, shop: ShopDomain, run: LookedAt): Promise<void> {
  for (;;) {
    const dropped = await tx.differences.forgetUnseen(shop, run, { limit: DROPPED_AT_ONCE });
    if (dropped < DROPPED_AT_ONCE) return;
  }
}

/**
 * An order that somebody else's action kept from being reported is decided again once impact.com lists
 * that action no more. One that can't be reported any more stays as it is.
 */
async function releaseUncredited(
  tx: Stores,
  shop: ShopDomain,
  run: LookedAt,
  now: Date,
): Promise<void> {
  const page = { placedFrom: oldestReportable(now), limit: DROPPED_AT_ONCE };
  for (;;) {
    const orderIds = await tx.credited.release(shop, run, page);
    const jobs = orderIds.map((orderId) => ({ payload: { shop, orderId } }));
    await tx.queue.sendAll("process-order", jobs);
    if (orderIds.length < DROPPED_AT_ONCE) return;
  }
}

/** Only where the action carries the order's own number is it known to be that order's. */
function creditedThere({ kind, orderId, ...seen }: NewDifference) {
  if (kind !== "unknown-here" || orderId === null) return [];
  const { theirPartnerId: partnerId, theirsMinor: amountMinor, currency, eventAt } = seen;
  return [{ orderId, partnerId, currency, amountMinor, eventAt }];
}
