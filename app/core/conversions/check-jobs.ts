import { groupBy } from "../group-by.ts";
import type { ShopDomain } from "../ids.ts";
import { inParts } from "../in-parts.ts";
import type { JobOptions, JobPayloads } from "../ports/queue.ts";

/**
 * One list of actions settles so many. It holds everybody's of that time: the fewer are looked for in it,
 * the more of it is read for nothing.
 */
export const CHECKED_TOGETHER = 1_000;

interface ToCheck {
  submissionId: string;
  startAfter: Date;
}

interface CheckJob {
  payload: JobPayloads["check-submission"];
  options: JobOptions;
}

/** The jobs that ask about a shop's submissions, together those that are due at one time. */
export function toCheckJobs(shop: ShopDomain, checks: readonly ToCheck[]): CheckJob[] {
  const byTime = groupBy(checks, ({ startAfter }) => startAfter.getTime());
  return [...byTime].flatMap(([time, due]) => {
    return inParts(due, CHECKED_TOGETHER).map((list) => {
      const submissionIds = list.map(({ submissionId }) => submissionId);
      return { payload: { shop, submissionIds }, options: { startAfter: new Date(time) } };
    });
  });
}
