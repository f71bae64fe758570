import type { Job } from "./define-job.ts";

/**
 * How a worker takes a job from the queue. One shop may have all but one of a process's places, over
 * all processes together, so that others' jobs are taken up at once, however long its backlog is.
 */
export function workOptions({ concurrency, list }: Pick<Job, "concurrency" | "list">) {
  const batchSize = list?.batchSize ?? 1;
  return {
    batchSize,
    localConcurrency: concurrency,
    ...(concurrency > 1 && { groupConcurrency: (concurrency - 1) * batchSize }),
    perJobResults: true as const,
    pollingIntervalSeconds: 1,
    // A notification wakes a worker for new jobs; this finds those whose time has come.
    notifyPollingIntervalSeconds: 1,
    burstWhenBatchFull: batchSize > 1,
    burstWhenReadyExceeds: 1,
  };
}
