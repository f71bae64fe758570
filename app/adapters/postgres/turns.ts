import type { PrismaClient } from "@prisma/client";
import { setTimeout as sleep } from "node:timers/promises";

export type InTurn = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/**
 * Work under one name is done by one at a time, across every process on this database. Each turn
 * holds a connection, so this process takes few at once; what hangs loses its turn.
 */
export function createTurns(
  prisma: PrismaClient,
  { atOnce, longestMs }: { atOnce: number; longestMs: number },
): InTurn {
  const enter = createGate(atOnce);
  return (name, work) =>
    enter(() =>
      prisma.$transaction(
        async (tx) => {
          await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
          return Promise.race([work(), endsAfter(longestMs, name)]);
        },
        { timeout: 3 * longestMs, maxWait: longestMs },
      ),
    );
}

async function endsAfter(ms: number, name: string): Promise<never> {
  await sleep(ms, undefined, { ref: false });
  throw new Error(`${name} took longer than ${ms} ms`);
}

/** Lets this many in at once; the others wait in line. */
function createGate(places: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = places;
  const line: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => line.push(resolve));
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next) next();
      else free += 1;
    }
  };
}
