import type { JobName } from "#app/core/ports/queue.ts";
import { jobs } from "#app/jobs/jobs.ts";
import type { World } from "./world.ts";

interface DueJob {
  id: string;
  data: unknown;
}

/** Runs the queued jobs of one kind that are due, and leaves all others queued: a test chooses who comes first. */
export async function runDue(
  { prisma, boss, ports, clock }: World,
  name: JobName,
): Promise<number> {
  const due = await prisma.$queryRaw<DueJob[]>`
    SELECT id, data FROM pgboss.job
    WHERE name = ${name} AND state IN ('created', 'retry')
      AND (start_after = created_on OR start_after <= ${clock.now()})
    ORDER BY created_on`;
  for (const { id, data } of due) {
    await jobs[name].run(ports, data);
    await boss.deleteJob(name, id);
  }
  return due.length;
}
