import { groupBy } from "#app/core/group-by.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import type { Job, ListJob } from "./define-job.ts";

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

/** Jobs of one shop that are done together, and all that they name. */
interface Group {
  shop: ShopDomain;
  ids: Set<string>;
  jobs: StoredJob[];
}

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
  const { list } = job;
  if (!list || stored.length === 1) return runEach(job, ports, stored, observe);
  const { groups, odd } = groupByShop(list, stored);
  const runGroup = async ({ shop, ids, jobs }: Group): Promise<JobEnd[]> => {
    try {
      await observe(jobs, () => list.run(ports, { shop, ids: [...ids] }));
      return jobs.map(({ id }) => ({ id, status: "completed" }));
    } catch {
      return runEach(job, ports, jobs, observe);
    }
  };
  // Side by side, so that no shop waits for another's slow calls.
  const shops = [...groupBy(groups, ({ shop }) => shop).values()];
  const ends = await Promise.all([
    runEach(job, ports, odd, observe),
    ...shops.map((ofShop) => inTurn(ofShop, runGroup)),
  ]);
  return ends.flat();
}

async function inTurn(
  groups: readonly Group[],
  run: (group: Group) => Promise<JobEnd[]>,
): Promise<JobEnd[]> {
  const ends: JobEnd[] = [];
  for (const group of groups) ends.push(...(await run(group)));
  return ends;
}

/** As many jobs of a shop as name no more together than are done together. */
function groupByShop(list: ListJob, stored: readonly StoredJob[]) {
  const open = new Map<ShopDomain, Group>();
  const groups: Group[] = [];
  const odd: StoredJob[] = [];
  for (const one of stored) {
    const named = namesOf(list, one.data);
    if (named === null) {
      odd.push(one);
      continue;
    }
    const { shop, ids } = named;
    const before = open.get(shop);
    const fits = before !== undefined && before.ids.size + ids.length <= list.listSize;
    const group = fits ? before : { shop, ids: new Set<string>(), jobs: [] };
    if (!fits) groups.push(group);
    open.set(shop, group);
    for (const id of ids) group.ids.add(id);
    group.jobs.push(one);
  }
  return { groups, odd };
}

/** Null where the payload is none of this job's: run alone, it fails alone. */
function namesOf(list: ListJob, payload: unknown) {
  try {
    return list.read(payload);
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
