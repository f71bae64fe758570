import { isTurnOver } from "../batches/turn.ts";
import type { ShopDomain } from "../ids.ts";
import type { ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobOptions, JobPayloads } from "../ports/queue.ts";
import type { Code } from "./discount.ts";
import { othersGoOnAt, untoldUntil } from "./goes-on-at.ts";
import { listsInTurn } from "./of-many.ts";
import { READ_BACK_FROM, readBackAll, readBackEach } from "./read-back.ts";
import { saveProblem, tryRegistration } from "./register-code.ts";

/**
 * Registers codes one after the other, until the account's hourly budget is used up or impact.com does
 * not answer: those that are left then wait together, in one job, and ask impact.com nothing meanwhile.
 * Once all are registered, what impact.com has of them is read. Of many codes, so do the lists that
 * come after this one, and each leaves its place to others.
 */
export async function registerCodes(
  ports: Ports,
  { shop, codeIds, done = [], turn }: JobPayloads["register-codes"],
): Promise<void> {
  const { store, clock } = ports;
  const since = clock.now();
  const asking = turn === undefined ? ports : { ...ports, impact: ports.impact.ofMany() };
  // Most of them may have come by a file since, and then none is to cost anything.
  const toRegister = await store.codes.listToRegister(shop, codeIds);
  const isLeft = new Set(toRegister);
  const toRead = [...done, ...codeIds.filter((id) => !isLeft.has(id))];
  for (const [index, codeId] of toRegister.entries()) {
    const from = (next: number) => ({ shop, codeIds: toRegister.slice(next), done: toRead, turn });
    if (await isTurnOver(ports, "register-codes", since)) {
      return store.queue.send("register-codes", from(index), { turn });
    }
    const refused = await tryRegistration(asking, { shop, codeId });
    if (!refused) {
      toRead.push(codeId);
      continue;
    }
    const { code, problem } = refused;
    const untold = untoldUntil(ports, problem);
    if (untold) return putOff(ports, from(index), untold, refused);
    if (!(await saveProblem(ports, code, problem, { turn }))) toRead.push(codeId);
    const startAfter = othersGoOnAt(ports, problem);
    const others = from(index + 1);
    if (startAfter && others.codeIds.length > 0) return putOff(ports, others, startAfter);
  }
  await readBack(ports, { shop, codeIds: toRead, turn });
}

/** `untold`: the one of which impact.com was told nothing, which was no try of it. */
async function putOff(
  { store, clock }: Ports,
  left: JobPayloads["register-codes"],
  startAfter: Date,
  untold?: { code: Code; problem: ImpactProblem },
): Promise<void> {
  const { shop, turn } = left;
  await store.inTransaction(async (tx) => {
    if (untold) {
      const { code, problem } = untold;
      const { impactAttempts: attempts } = code;
      const waits = { state: "planned", problem: problem.message, attempts } as const;
      await tx.codes.saveImpactState(shop, code, waits, clock.now());
    }
    if (turn !== undefined) await tx.queue.putOff("register-codes", shop, startAfter);
    await tx.queue.send("register-codes", left, { startAfter, turn });
  });
}

/** Where there is nothing left to register. What can't be read now, a job comes back for. */
async function readBack(
  ports: Ports,
  { shop, codeIds, turn }: JobPayloads["register-codes"],
): Promise<void> {
  const { seenCodes, queue } = ports.store;
  const last = codeIds.at(-1);
  if (!last) return;
  const how = await seenCodes.findReadBack(shop, last, READ_BACK_FROM);
  if (how === "later") return;
  const again =
    how === "each"
      ? await readEach(ports, shop, codeIds)
      : { done: codeIds, startAfter: await readBackAll(ports, shop) };
  if (!again?.startAfter) return;
  const { done, startAfter } = again;
  await queue.send("register-codes", { shop, codeIds: [], done, turn }, { startAfter, turn });
}

/** Gives what is left of these, and when to come back for it. */
async function readEach(ports: Ports, shop: ShopDomain, codeIds: string[]) {
  const told = await ports.store.seenCodes.listTold(shop, codeIds);
  const again = await readBackEach(ports, shop, told);
  if (!again) return null;
  const left = new Set(again.left.map(({ codeId }) => codeId));
  return { done: codeIds.filter((id) => left.has(id)), startAfter: again.startAfter };
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
