import type { ShopDomain } from "#app/core/ids.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import type { BulkJob, Job } from "./define-job.ts";

export interface StoredJob {
  id: string;
  data: unknown;
}

/** How one job of a batch ended; one that threw is run again by the queue. */
export interface JobEnd {
  id: string;
  status: "completed" | "failed";
  output?: { message: string };
}

/** Wraps a run, so that its time and its end can be noted; passes a throw on. */
export type Observe = (batch: readonly StoredJob[], run: () => Promise<void>) => Promise<void>;

/**
 * Runs a batch as it came from the queue: each shop's jobs together where the job allows it. A group
 * that throws is run one by one, so that a poisonous job stops nobody but itself.
 */
export async function runBatch(
  job: Job,
  ports: Ports,
  stored: readonly StoredJob[],
  observe: Observe,
): Promise<JobEnd[]> {
  const { bulk } = job;
  if (!bulk || stored.length === 1) return runEach(job, ports, stored, observe);
  const { byShop, odd } = groupByShop(bulk, stored);
  const ends = await runEach(job, ports, odd, observe);
  for (const [shop, group] of byShop) {
    const runAll = () =>
      bulk.run(
        ports,
        shop,
        group.map(({ data }) => data),
      );
    try {
      await observe(group, runAll);
      ends.push(...group.map(({ id }): JobEnd => ({ id, status: "completed" })));
    } catch {
      ends.push(...(await runEach(job, ports, group, observe)));
    }
  }
  return ends;
}

function groupByShop(bulk: BulkJob, stored: readonly StoredJob[]) {
  const byShop = new Map<ShopDomain, StoredJob[]>();
  const odd: StoredJob[] = [];
  for (const one of stored) {
    const shop = shopOf(bulk, one.data);
    if (shop === null) odd.push(one);
    else byShop.set(shop, [...(byShop.get(shop) ?? []), one]);
  }
  return { byShop, odd };
}

/** Null where the payload is none of this job's: run alone, it fails alone. */
function shopOf(bulk: BulkJob, payload: unknown): ShopDomain | null {
  try {
    return bulk.shopOf(payload);
  } catch {
    return null;
  }
}

async function runEach(
  job: Job,
  ports: Ports,
  stored: readonly StoredJob[],
  observe: Observe,
): Promise<JobEnd[]> {
  const ends: JobEnd[] = [];
  for (const one of stored) {
    try {
      await observe([one], () => job.run(ports, one.data));
      ends.push({ id: one.id, status: "completed" });
    } catch (error) {
      ends.push({ id: one.id, status: "failed", output: { message: String(error) } });
    }
  }
  return ends;
}
