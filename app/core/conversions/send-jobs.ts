import { groupBy } from "../group-by.ts";
import type { ShopDomain } from "../ids.ts";
import type { JobOptions, JobPayloads } from "../ports/queue.ts";
import type { Conversion } from "./conversion.ts";
import { reportingEndsAt } from "./reporting-limit.ts";

/** As many as Shopify is asked about in one call. */
export const SENT_TOGETHER = 40;
/** As long as impact.com's budget: within it no later deadline takes a nearer one's place. */
const DEADLINES_WITHIN_MS = 3_600_000;

export type ToSend = Pick<Conversion, "id" | "eventAt"> & { startAfter?: Date | undefined };

interface SendJob {
  payload: JobPayloads["send-conversion"];
  options: JobOptions;
}

/**
 * The jobs that send a shop's conversions: together go those that are due at one time and whose
 * reporting limits are near to one another, since the queue lets the nearest limit go first.
 */
export function toSendJobs(shop: ShopDomain, conversions: readonly ToSend[]): SendJob[] {
  const byTime = groupBy(conversions, ({ startAfter }) => startAfter?.getTime());
  return [...byTime.values()].flatMap(listsOf).map((list) => toJob(shop, list));
}

function listsOf(due: readonly ToSend[]): ToSend[][] {
  const lists: ToSend[][] = [];
  let list: ToSend[] = [];
  for (const one of due.toSorted((a, b) => a.eventAt.getTime() - b.eventAt.getTime())) {
    const first = list[0] ?? one;
    const isNear = one.eventAt.getTime() - first.eventAt.getTime() <= DEADLINES_WITHIN_MS;
    if (list.length === 0 || list.length === SENT_TOGETHER || !isNear) lists.push((list = []));
    list.push(one);
  }
  return lists;
}

function toJob(shop: ShopDomain, list: readonly ToSend[]): SendJob {
  const [first] = list;
  const { startAfter } = first ?? {};
  return {
    payload: { shop, conversionIds: list.map(({ id }) => id) },
    options: {
      ...(first && { deadline: reportingEndsAt(first.eventAt) }),
      ...(startAfter && { startAfter }),
    },
  };
}
