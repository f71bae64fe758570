import { randomUUID } from "node:crypto";
import { globalId } from "#test/sandbox/shopify/admin/global-id.ts";

interface Job {
  dueAt: Date;
  done: boolean;
  run(): void;
}

/** Shopify's asynchronous jobs: each takes effect when its time has come, and not before. */
export interface AdminJobs {
  /** Returns the job's gid. */
  start(now: Date, run: () => void): string;
  /** Runs what is due, in order; every request begins with it. */
  settle(now: Date): void;
  find(id: string): { id: string; done: boolean } | null;
  /** How long a job started from now on takes; 0 lets it be done at the next request. */
  durationMs: number;
}

export function createAdminJobs(durationMs: number): AdminJobs {
  const known = new Map<string, Job>();
  const waiting = new Set<Job>();
  return {
    durationMs,
    start(now, run) {
      const id = globalId("Job", randomUUID());
      const job = { dueAt: new Date(now.getTime() + this.durationMs), done: false, run };
      known.set(id, job);
      waiting.add(job);
      return id;
    },
    settle(now) {
      for (const job of waiting) {
        if (job.dueAt > now) continue;
        waiting.delete(job);
        job.run();
        job.done = true;
      }
    },
    find(id) {
      const job = known.get(id);
      return job ? { id, done: job.done } : null;
    },
  };
}
