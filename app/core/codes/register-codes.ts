import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import { READ_BACK_FROM, readBackAll, readBackEach } from "./read-back.ts";
import { saveProblem, tryRegistration } from "./register-code.ts";

/** One job lasts no longer; what is left is the next one's. */
const LONGEST_MS = 120_000;

/**
 * Registers codes one after the other, until the account's hourly budget is used up: those that are
 * left then wait together, in one job, and ask impact.com nothing meanwhile. Once all are registered,
 * what impact.com has of them is read.
 */
export async function registerCodes(
  ports: Ports,
  { shop, codeIds }: JobPayloads["register-codes"],
): Promise<void> {
  const endsAt = ports.clock.now().getTime() + LONGEST_MS;
  // Most of them may have come by a file since, and then none is to cost anything.
  const toRegister = await ports.store.codes.listToRegister(shop, codeIds);
  for (const [index, codeId] of toRegister.entries()) {
    const left = toRegister.slice(index);
    if (ports.clock.now().getTime() > endsAt) {
      return ports.store.queue.send("register-codes", { shop, codeIds: left });
    }
    const refused = await tryRegistration(ports, { shop, codeId });
    if (refused?.problem.kind !== "rate-limited") {
      if (refused) await saveProblem(ports, refused.code, refused.problem);
      continue;
    }
    const { code, problem } = refused;
    const { impactAttempts: attempts } = code;
    const waits = { state: "planned", problem: problem.message, attempts } as const;
    return ports.store.inTransaction(async (tx) => {
      await tx.codes.saveImpactState(shop, code, waits, ports.clock.now());
      const startAfter = problem.retryAt ?? new Date(endsAt);
      await tx.queue.send("register-codes", { shop, codeIds: left }, { startAfter });
    });
  }
  await readBack(ports, { shop, codeIds });
}

/**
 * Where there is nothing left to register. A job that runs once more, as after a kill or when the
 * hour's budget is back, reads its codes once more.
 */
async function readBack(
  ports: Ports,
  { shop, codeIds }: JobPayloads["register-codes"],
): Promise<void> {
  const { seenCodes, queue } = ports.store;
  const last = codeIds.at(-1);
  if (!last) return;
  const how = await seenCodes.findReadBack(shop, last, READ_BACK_FROM);
  if (how === "later") return;
  const startAfter =
    how === "each"
      ? await readBackEach(ports, shop, await seenCodes.listTold(shop, codeIds))
      : await readBackAll(ports, shop);
  if (startAfter)
    await queue.send("register-codes", { shop, codeIds: [...codeIds] }, { startAfter });
}

/** How many codes one job is given: less would make many jobs, more a long wait for those behind it. */
export const CODES_PER_JOB = 250;

/** The jobs that register these codes. */
export function registrationJobs(
  shop: JobPayloads["register-codes"]["shop"],
  codeIds: readonly string[],
): { payload: JobPayloads["register-codes"] }[] {
  const jobs = [];
  for (let from = 0; from < codeIds.length; from += CODES_PER_JOB) {
    jobs.push({ payload: { shop, codeIds: codeIds.slice(from, from + CODES_PER_JOB) } });
  }
  return jobs;
}
