import type { Job } from "./define-job.ts";

/** How a worker takes a job from the queue: no shop has more places than are one shop's. */
export function workOptions({
  concurrency,
  ofOneShop,
  list,
}: Pick<Job, "concurrency" | "ofOneShop" | "list">) {
  const batchSize = list?.batchSize ?? 1;
  return {
    batchSize,
    localConcurrency: concurrency,
    ...(concurrency > 1 && { groupConcurrency: ofOneShop * batchSize }),
    perJobResults: true as const,
    pollingIntervalSeconds: 1,
    // A notification wakes a worker for new jobs; this finds those whose time has come: one look a
    // second at each queue, by whichever of its workers has its turn.
    notifyPollingIntervalSeconds: concurrency,
    burstWhenBatchFull: batchSize > 1,
    burstWhenReadyExceeds: 1,
  };
}
