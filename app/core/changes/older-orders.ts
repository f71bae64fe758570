import { oldestReportable, REPORTING_DAYS } from "../conversions/reporting-limit.ts";
import type { ChangeCounts, OlderOrders } from "../ports/change-stores.ts";
import type { Stores } from "../ports/store.ts";
import type { Change, ChangeKind } from "./change.ts";
import type { ChangeRun } from "./change-codes.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** With a code in steady use some order is always on its way: after a day those younger than this don't count. */
const YOUNG_MS = 2 * HOUR_MS;
const YOUNG_COUNT_MS = DAY_MS;
/** So long a code that is to be given away stays its partner's for the sake of older orders. */
const LONGEST_WAIT_DAYS = 7;
const FIRST_LOOK_MS = 15_000;
const LONGEST_LOOK_MS = 3 * HOUR_MS;

/**
 * Of codes whose registrations are about to end those that may. No document says whether impact.com judges
 * a code at an order's date or when it is told of it (reference/impact.md, 4), so older orders are told
 * first. The others are put off: a retired code until its orders are too old to be reported, one that
 * is given away for some days, after which it has failed and stays its partner's.
 */
export async function olderOrdersFirst(
  { changes: store, connections }: Pick<Stores, "changes" | "connections">,
  { batch }: Pick<ChangeRun, "batch">,
  changes: readonly Change[],
  now: Date,
): Promise<Change[]> {
  const { shop, id } = batch;
  const bound = changes.filter(({ code }) => code.impactState === "registered");
  if (bound.length === 0 || !(await connections.find(shop))?.program) return [...changes];
  const codeIds = bound.map(({ code }) => code.id);
  const oldBefore = new Date(now.getTime() - YOUNG_MS);
  const placed = { from: oldestReportable(now), oldBefore };
  const older = await store.countOlderOrders(shop, codeIds, placed);
  const waiting = bound.flatMap((change) => {
    const orders = ordersBefore(change, older.get(change.code.id), now);
    return orders === 0 ? [] : [{ change, orders, codeId: change.code.id }];
  });
  const ends = waiting.flatMap(({ change, orders, codeId }) => {
    const problem = whyNotLonger(batch, change, { orders, now });
    return problem === null ? [] : [{ codeId, problem }];
  });
  await store.settle(shop, id, ends, now);
  const puts = waiting.map(({ change, ...left }) => ({ ...left, nextAt: nextLook(change, now) }));
  const isWaiting = new Set(waiting.map(({ codeId }) => codeId));
  const free = changes.filter(({ code }) => !isWaiting.has(code.id));
  const freed = free.flatMap(({ code, ordersSince }) =>
    ordersSince ? [{ codeId: code.id, orders: 0, nextAt: now }] : [],
  );
  await store.putOff(shop, id, [...puts, ...freed], now);
  return free;
}

/** When a change that is put off is looked at again: ever more seldom. */
export function nextLook({ ordersSince }: Pick<Change, "ordersSince">, now: Date): Date {
  const wait = Math.max(FIRST_LOOK_MS, waitedMs({ ordersSince }, now) / 4);
  return new Date(now.getTime() + Math.min(wait, LONGEST_LOOK_MS));
}

function waitedMs({ ordersSince }: Pick<Change, "ordersSince">, now: Date): number {
  return ordersSince ? now.getTime() - ordersSince.getTime() : 0;
}

function ordersBefore(change: Change, older: OlderOrders | undefined, now: Date): number {
  if (!older) return 0;
  // One that is gone from Shopify is in nobody's use.
  const isUsed = change.stage === "planned" && waitedMs(change, now) >= YOUNG_COUNT_MS;
  return isUsed ? older.old : older.all;
}

function whyNotLonger(
  { state }: ChangeRun["batch"],
  change: Change,
  { orders, now }: { orders: number; now: Date },
): string | null {
  const { code, stage } = change;
  const left = `${orders === 1 ? "1 order" : `${orders.toLocaleString("en")} orders`} with ${code.code}`;
  const were = orders === 1 ? "was" : "were";
  if (stage === "ending") {
    return state === "cancelling"
      ? `${left} ${were} still to be reported when the batch was cancelled, so its registration at impact.com goes on. Customers can't use the code any more. Resume to end it.`
      : null;
  }
  if (waitedMs(change, now) < LONGEST_WAIT_DAYS * DAY_MS) return null;
  const owner = code.partner?.name ?? "its partner";
  return `${left} from before ${were} still to be reported after ${LONGEST_WAIT_DAYS} days, so it stays ${owner}'s: impact.com might pay the new partner for them. See under Orders what they wait for, then resume. Or retire it, and make the new partner another code.`;
}

/** What is put off, until when, and what comes of it; null: nothing is. */
export function sayPutOff(
  kind: ChangeKind,
  { codes, orders }: ChangeCounts["putOff"],
): string | null {
  if (codes === 0) return null;
  const are = orders === 1 ? "1 order" : `${orders.toLocaleString("en")} orders`;
  const ofCodes = codes === 1 ? "1 of these codes" : `${codes.toLocaleString("en")} of these codes`;
  const left = `${are} with ${ofCodes} ${orders === 1 ? "is" : "are"} still to be reported, or waiting for what impact.com makes of it.`;
  if (kind === "reassign") {
    return `${left} A code changes hands when its orders have been, so that impact.com pays them to the partner it has now. One that would take longer than ${LONGEST_WAIT_DAYS} days stays as it is, and says so.`;
  }
  return `${left} Customers can't use these codes any more. The registration of each at impact.com ends when its orders have been, at the latest ${REPORTING_DAYS} days after the last of them was placed.`;
}
