import { z } from "zod";
import { isShopDomain, type ShopDomain } from "#app/core/ids.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import type { JobName, JobPayloads } from "#app/core/ports/queue.ts";

export interface Job {
  name: JobName;
  /** How many of them, or batches of them, one process runs at a time. */
  concurrency: number;
  /** Parses the payload as it was stored, then calls one core verb. */
  run(ports: Ports, payload: unknown): Promise<void>;
  bulk: BulkJob | null;
}

/** A job of which many are done together, for one shop at a time. */
export interface BulkJob {
  batchSize: number;
  shopOf(payload: unknown): ShopDomain;
  run(ports: Ports, shop: ShopDomain, payloads: readonly unknown[]): Promise<void>;
}

export const shopDomain = z.string().refine(isShopDomain);
export const rowId = z.uuid();

interface JobDefinition<Name extends JobName> {
  name: Name;
  concurrency: number;
  payload: z.ZodType<JobPayloads[Name]>;
  run: (ports: Ports, payload: JobPayloads[Name]) => Promise<void>;
}

export function defineJob<Name extends JobName>(
  job: JobDefinition<Name> & { bulk?: BulkJob },
): Job {
  const { name, concurrency, bulk = null } = job;
  return {
    name,
    concurrency,
    run: (ports, payload) => job.run(ports, job.payload.parse(payload)),
    bulk,
  };
}

type OfShop = {
  [Name in JobName]: JobPayloads[Name] extends { shop: ShopDomain } ? Name : never;
}[JobName];

/** A job that a batch of one shop does in one go. `runMany` must do what `run` does for each. */
export function defineBulkJob<Name extends OfShop>(
  job: JobDefinition<Name> & {
    batchSize: number;
    runMany: (ports: Ports, shop: ShopDomain, payloads: JobPayloads[Name][]) => Promise<void>;
  },
): Job {
  const { batchSize, payload } = job;
  return defineJob({
    ...job,
    bulk: {
      batchSize,
      shopOf: (stored) => (payload.parse(stored) as { shop: ShopDomain }).shop,
      run: (ports, shop, stored) =>
        job.runMany(
          ports,
          shop,
          stored.map((one) => payload.parse(one)),
        ),
    },
  });
}
