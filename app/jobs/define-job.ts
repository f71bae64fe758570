import { z } from "zod";
import { isShopDomain, type ShopDomain } from "#app/core/ids.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import type { JobName, JobPayloads } from "#app/core/ports/queue.ts";

export interface Job {
  name: JobName;
  /** How many of them, or batches of them, one process runs at a time. */
  concurrency: number;
  /** How many of these one shop may have, over all processes together. */
  ofOneShop: number;
  /** Parses the payload as it was stored, then calls one core verb. */
  run(ports: Ports, payload: unknown): Promise<void>;
  list: ListJob | null;
}

/** A job that names things of one shop, of which many are done together. */
export interface ListJob {
  /** How many jobs a worker takes at a time. */
  batchSize: number;
  /** How many things are done together, of however many jobs. */
  listSize: number;
  /** What a payload names; throws where it is none of this job's. */
  read(payload: unknown): ShopList;
  run(ports: Ports, list: ShopList): Promise<void>;
}

export interface ShopList<Id extends string = string> {
  shop: ShopDomain;
  ids: readonly Id[];
}

export const shopDomain = z.string().refine(isShopDomain);
export const rowId = z.uuid();

interface JobDefinition<Name extends JobName> {
  name: Name;
  concurrency: number;
  /** All but one, where it is not told. */
  ofOneShop?: number;
  payload: z.ZodType<JobPayloads[Name]>;
}

export function defineJob<Name extends JobName>(
  job: JobDefinition<Name> & {
    run: (ports: Ports, payload: JobPayloads[Name]) => Promise<void>;
  },
): Job {
  const { name, concurrency, payload } = job;
  return {
    name,
    concurrency,
    ofOneShop: job.ofOneShop ?? allButOne(concurrency),
    run: (ports, stored) => job.run(ports, payload.parse(stored)),
    list: null,
  };
}

/** Others' jobs are taken up at once, however long one shop's backlog is. */
function allButOne(concurrency: number): number {
  return Math.max(1, concurrency - 1);
}

type OfShop = {
  [Name in JobName]: JobPayloads[Name] extends { shop: ShopDomain } ? Name : never;
}[JobName];

type ListDefinition<Name extends OfShop, Id extends string> = JobDefinition<Name> &
  Pick<ListJob, "batchSize" | "listSize"> & {
    idsOf: (payload: JobPayloads[Name]) => readonly Id[];
    /** What has been done already, it leaves alone: a list that broke off is run again. */
    runMany: (ports: Ports, list: ShopList<Id>) => Promise<void>;
    /** Where one by itself is done otherwise. */
    runOne?: (ports: Ports, one: { shop: ShopDomain; id: Id }) => Promise<void>;
  };

/** A job whose payload names one thing of a shop, or a list of them. */
export function defineListJob<Name extends OfShop, Id extends string>(
  job: ListDefinition<Name, Id>,
): Job {
  const { name, concurrency, payload, batchSize, listSize, runMany } = job;
  const runOne = job.runOne ?? ((ports, { shop, id }) => runMany(ports, { shop, ids: [id] }));
  const read = (stored: unknown): ShopList<Id> => {
    const parsed = payload.parse(stored);
    return { shop: parsed.shop, ids: job.idsOf(parsed) };
  };
  return {
    name,
    concurrency,
    ofOneShop: job.ofOneShop ?? allButOne(concurrency),
    run: async (ports, stored) => {
      const { shop, ids } = read(stored);
      const each = () => runEach(ids, (id) => runOne(ports, { shop, id }));
      if (ids.length === 1) return each();
      await runMany(ports, { shop, ids }).catch(each);
    },
    // Only `read` makes such lists.
    list: { batchSize, listSize, read, run: runMany },
  };
}

/** One by one, so that a poisonous one stops nobody else; it throws once all were tried. */
async function runEach<Id>(ids: readonly Id[], run: (id: Id) => Promise<void>): Promise<void> {
  const thrown: unknown[] = [];
  for (const id of ids) await run(id).catch((error: unknown) => thrown.push(error));
  if (thrown.length > 0) throw thrown[0];
}
