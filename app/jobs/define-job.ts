import { z } from "zod";
import { isShopDomain } from "#app/core/ids.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import type { JobName, JobPayloads } from "#app/core/ports/queue.ts";

export interface Job {
  name: JobName;
  /** How many of them one process runs at a time. */
  concurrency: number;
  /** Parses the payload as it was stored, then calls one core verb. */
  run(ports: Ports, payload: unknown): Promise<void>;
}

export const shopDomain = z.string().refine(isShopDomain);
export const rowId = z.uuid();

export function defineJob<Name extends JobName>(job: {
  name: Name;
  concurrency: number;
  payload: z.ZodType<JobPayloads[Name]>;
  run: (ports: Ports, payload: JobPayloads[Name]) => Promise<void>;
}): Job {
  return {
    name: job.name,
    concurrency: job.concurrency,
    run: (ports, payload) => job.run(ports, job.payload.parse(payload)),
  };
}
