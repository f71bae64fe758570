import { boss, log } from "./db.server.ts";
import type { Job } from "./jobs/define-job.ts";
import { jobs } from "./jobs/jobs.ts";
import { ports } from "./services.server.ts";

/** Takes up jobs until the process stops. Any number of workers share the queue. */
export async function startWorker(): Promise<void> {
  for (const job of Object.values(jobs)) {
    const options = {
      localConcurrency: job.concurrency,
      pollingIntervalSeconds: 1,
      // A notification wakes a worker for new jobs; this finds those whose time has come.
      notifyPollingIntervalSeconds: 1,
    };
    await boss.work(job.name, options, async ([stored]) => {
      if (stored) await runJob(job, stored);
    });
  }
}

/** A throw is an outage or a bug: logged here, and the queue runs the job again. */
async function runJob(job: Job, { id, data }: { id: string; data: unknown }): Promise<void> {
  try {
    await job.run(ports, data);
  } catch (error) {
    log.error({ job: job.name, jobId: id, error: String(error) }, "job failed");
    throw error;
  }
}
