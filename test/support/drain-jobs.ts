import type { PrismaClient } from "@prisma/client";
import type { PgBoss } from "pg-boss";
import type { Ports } from "#app/core/ports/ports.ts";
import type { JobName } from "#app/core/ports/queue.ts";
import { jobs } from "#app/jobs/jobs.ts";
import type { TestClock } from "./test-clock.ts";

const MOST_JOBS = 2_000;

/**
 * Runs queued jobs, the next due first, moving the clock to each one's time, until none is left or
 * the next one is due later than `until`. A job that throws fails the test.
 */
export async function drainJobs(options: {
  prisma: PrismaClient;
  boss: PgBoss;
  ports: Ports;
  clock: TestClock;
  until?: Date;
}): Promise<{ ran: JobName[] }> {
  const { prisma, boss, ports, clock, until } = options;
  const ran: JobName[] = [];
  while (ran.length < MOST_JOBS) {
    const next = await nextJob(prisma);
    if (!next || (until && next.due > until)) return { ran };
    clock.passTo(next.due);
    await jobs[next.name].run(ports, next.data);
    await boss.deleteJob(next.name, next.id);
    ran.push(next.name);
  }
  throw new Error(`More than ${MOST_JOBS} jobs: something queues itself for ever.`);
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
