import { boss } from "./db.server.ts";
import { HOUSEKEEPING, startHousekeeping } from "./housekeeping.server.ts";
import { jobs } from "./jobs/jobs.ts";
import { runBatch } from "./jobs/run-batch.ts";
import { workOptions } from "./jobs/work-options.ts";
import { observeJobs } from "./observe-jobs.server.ts";
import { processState } from "./process-state.server.ts";
import { ports } from "./services.server.ts";

const EACH_HOUR = "7 * * * *";

/** Takes up jobs until the process stops. Any number of workers share the queue. */
export async function startWorker(): Promise<void> {
  processState.hasQueue = false;
  for (const job of Object.values(jobs)) {
    if (processState.isDraining) return;
    await boss.work(job.name, workOptions(job), (stored) =>
      runBatch(job, ports, stored, (batch, run) => observeJobs(job.name, batch, run)),
    );
  }
  await startHousekeeping();
  // One job an hour, however many workers there are.
  await boss.schedule("plan-reconciliations", EACH_HOUR, {});
  processState.hasQueue = true;
}

/** Takes no new jobs; done when the last running one has ended. */
export async function stopWorker(): Promise<void> {
  const names = [...Object.keys(jobs), HOUSEKEEPING];
  await Promise.all(names.map((name) => boss.offWork(name, { wait: true })));
}
