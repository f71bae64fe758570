import { isTurnOver } from "../batches/turn.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobOptions, JobPayloads } from "../ports/queue.ts";
import { listsInTurn } from "./of-many.ts";
import { READ_BACK_FROM, readBackAll, readBackEach } from "./read-back.ts";
import { saveProblem, tryRegistration } from "./register-code.ts";

/**
 * Registers codes one after the other, until the account's hourly budget is used up: those that are
 * left then wait together, in one job, and ask impact.com nothing meanwhile. Once all are registered,
 * what impact.com has of them is read. Of many codes, so do the lists that come after this one, and
 * each leaves its place to others.
 */
export async function registerCodes(
  ports: Ports,
  { shop, codeIds, turn }: JobPayloads["register-codes"],
): Promise<void> {
  const { store, clock } = ports;
  const since = clock.now();
  const asking = turn === undefined ? ports : { ...ports, impact: ports.impact.ofMany() };
  // Most of them may have come by a file since, and then none is to cost anything.
  const toRegister = await store.codes.listToRegister(shop, codeIds);
  for (const [index, codeId] of toRegister.entries()) {
    const left = { shop, codeIds: toRegister.slice(index), turn };
    if (await isTurnOver(ports, "register-codes", since)) {
      return store.queue.send("register-codes", left, { turn });
    }
    const refused = await tryRegistration(asking, { shop, codeId });
    if (refused?.problem.kind !== "rate-limited") {
      if (refused) await saveProblem(ports, refused.code, refused.problem);
      continue;
    }
    const { code, problem } = refused;
    const { impactAttempts: attempts } = code;
    const waits = { state: "planned", problem: problem.message, attempts } as const;
    return store.inTransaction(async (tx) => {
      await tx.codes.saveImpactState(shop, code, waits, clock.now());
      const startAfter = problem.retryAt ?? new Date(clock.now().getTime() + NOT_TOLD_MS);
      if (turn !== undefined) await tx.queue.putOff("register-codes", shop, startAfter);
      await tx.queue.send("register-codes", left, { startAfter, turn });
    });
  }
  await readBack(ports, { shop, codeIds, turn });
}

/** impact.com does not say when its limit ends. */
const NOT_TOLD_MS = 120_000;

/**
 * Where there is nothing left to register. A job that runs once more, as after a kill or when the
 * hour's budget is back, reads its codes once more.
 */
async function readBack(
  ports: Ports,
  { shop, codeIds, turn }: JobPayloads["register-codes"],
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
  if (startAfter) {
    const again = { shop, codeIds: [...codeIds], turn };
    await queue.send("register-codes", again, { startAfter, turn });
  }
}

/** The jobs that register these codes; `before`: so many lists of the same run have gone before. */
export function registrationJobs(
  shop: ShopDomain,
  codeIds: readonly string[],
  before?: number,
): { payload: JobPayloads["register-codes"]; options: JobOptions }[] {
  return listsInTurn(codeIds, before).map(({ ids, turn }) => ({
    payload: { shop, codeIds: ids, turn },
    options: { turn },
  }));
}
