import { isSchemaCurrent } from "./adapters/postgres/migrate.ts";
import { prisma } from "./db.server.ts";
import { processState } from "./process-state.server.ts";

/** A probe that hangs tells nobody anything. */
const PATIENCE_MS = 2_000;

/** Why nothing new should be sent to this process; null when it is ready. */
export async function whyNotReady(): Promise<string | null> {
  processState.lastProbeAt = Date.now();
  if (processState.isDraining) return "draining: this process is about to stop";
  if (!processState.hasQueue) return "the queue has not started yet";
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve("the database does not answer"), PATIENCE_MS);
  });
  const answer = await Promise.race([whyNoDatabase(), tooLate]);
  clearTimeout(timer);
  return answer;
}

async function whyNoDatabase(): Promise<string | null> {
  try {
    const isCurrent = await isSchemaCurrent((sql) => prisma.$queryRawUnsafe(sql));
    return isCurrent ? null : "the database lacks a migration of this version";
  } catch {
    return "the database can't be reached";
  }
}
