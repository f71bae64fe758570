import type { PrismaClient } from "@prisma/client";
import type { PgBoss } from "pg-boss";
import type { Ports } from "#app/core/ports/ports.ts";
import type { JobName } from "#app/core/ports/queue.ts";
import type { ListJob, Job } from "#app/jobs/define-job.ts";
import { jobs } from "#app/jobs/jobs.ts";
import { runBatch, type StoredJob } from "#app/jobs/run-batch.ts";
import type { TestClock } from "./test-clock.ts";

const MOST_JOBS = 2_000;

/**
 * Runs queued jobs, the next due first, moving the clock to each one's time, until none is left or
 * the next one is due later than `until`. A job that throws fails the test. `inBatches`: jobs of one
 * kind that are due run together, as the worker runs them.
 */
export async function drainJobs(options: {
  prisma: PrismaClient;
  boss: PgBoss;
  ports: Ports;
  clock: TestClock;
  until?: Date;
  inBatches?: boolean;
}): Promise<{ ran: JobName[] }> {
  const { prisma, boss, ports, clock, until, inBatches = false } = options;
  const ran: JobName[] = [];
  while (ran.length < MOST_JOBS) {
    const next = await nextJob(prisma);
    if (!next || (until && next.due > until)) return { ran };
    clock.passTo(next.due);
    const job = jobs[next.name];
    const batch = inBatches && job.list ? await dueWith(prisma, next, clock, job.list) : [next];
    if (batch.length === 1) await job.run(ports, next.data);
    else await runTogether(job, ports, batch);
    for (const { id } of batch) await boss.deleteJob(next.name, id);
    ran.push(...batch.map(() => next.name));
  }
  throw new Error(`More than ${MOST_JOBS} jobs: something queues itself for ever.`);
}

async function runTogether(job: Job, ports: Ports, batch: StoredJob[]): Promise<void> {
  const ends = await runBatch(job, ports, batch, (_group, run) => run());
  const failed = ends.find(({ status }) => status === "failed");
  if (failed) throw new Error(`${job.name}: ${failed.output?.message}`);
}

/** The jobs of that kind that are due by now, as many as one batch may hold. */
async function dueWith(
  prisma: PrismaClient,
  { name }: { name: JobName },
  clock: TestClock,
  { batchSize }: ListJob,
): Promise<StoredJob[]> {
  return prisma.$queryRaw<StoredJob[]>`
    SELECT id, data FROM pgboss.job
    WHERE name = ${name} AND state IN ('created', 'retry')
      AND (start_after = created_on OR start_after <= ${clock.now()})
    ORDER BY (start_after <> created_on), start_after, created_on LIMIT ${batchSize}`;
}

/** A start time of "now" in pg-boss is the wall clock's: such a job is due at once. */
async function nextJob(
  prisma: PrismaClient,
): Promise<{ id: string; name: JobName; data: unknown; due: Date } | null> {
  const [row] = await prisma.$queryRaw<
    { id: string; name: JobName; data: unknown; due: Date; delayed: boolean }[]
  >`
    SELECT id, name, data, start_after AS due, start_after <> created_on AS delayed
    FROM pgboss.job WHERE state IN ('created', 'retry')
    ORDER BY (start_after <> created_on), start_after, created_on LIMIT 1`;
  if (!row) return null;
  return { ...row, due: row.delayed ? row.due : new Date(0) };
}
