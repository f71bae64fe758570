import { log } from "./db.server.ts";
import { countJobs } from "./metrics.server.ts";

export interface StoredJob {
  id: string;
  data: unknown;
}

/**
 * Runs a batch of one kind of job, times it, and writes its ids down. A throw is an outage or a bug:
 * logged here and thrown again, so that the queue runs the jobs once more.
 */
export async function observeJobs(
  job: string,
  batch: readonly StoredJob[],
  run: () => Promise<void>,
): Promise<void> {
  const start = performance.now();
  const end = (isOk: boolean) => {
    countJobs(job, (performance.now() - start) / 1_000, batch.length, isOk);
  };
  try {
    await run();
    end(true);
    if (log.isLevelEnabled("debug")) log.debug({ job, jobs: batch.map(idsOf) }, "jobs done");
  } catch (error) {
    end(false);
    log.error({ job, jobs: batch.map(idsOf), error: String(error) }, "job failed");
    throw error;
  }
}

const IDS = [
  "shop",
  "deliveryId",
  "deliveryIds",
  "orderId",
  "conversionIds",
  "adjustmentId",
  "submissionIds",
  "runId",
  "batchId",
  "adoptionId",
  "codeId",
];

/** A payload's ids: whatever else it may carry one day stays out of the log. */
function idsOf({ id, data }: StoredJob): Record<string, unknown> {
  const payload = (data ?? {}) as Record<string, unknown>;
  const ids = IDS.flatMap((name) => (name in payload ? [[name, payload[name]] as const] : []));
  return { jobId: id, ...Object.fromEntries(ids) };
}
