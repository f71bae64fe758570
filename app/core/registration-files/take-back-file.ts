import { CODES_PER_JOB } from "../codes/of-many.ts";
import { registrationJobs } from "../codes/register-codes.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";

const CODES_AT_ONCE = 5_000;

/** What has not arrived of a file is registered one by one after all. */
export async function startTakingBack(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, fileId }: { shop: ShopDomain; fileId: string },
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const file = await tx.registrationFiles.beginLook(shop, fileId);
    if (!file) return;
    const now = clock.now();
    const ended = { ...file, state: "taken-back", finishedAt: now, nextLookAt: null } as const;
    await tx.registrationFiles.save(shop, ended);
    await tx.queue.send("take-back-file", { shop, fileId });
  });
}

/** A page of them for each run of the job, each with the jobs that register it in one commit. */
export async function takeBackFile(
  { store }: Pick<Ports, "store">,
  { shop, fileId, turn = 0 }: JobPayloads["take-back-file"],
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const codeIds = await tx.registrationFiles.takeBack(shop, fileId, CODES_AT_ONCE);
    await tx.queue.sendAll("register-codes", registrationJobs(shop, codeIds, turn));
    if (codeIds.length === CODES_AT_ONCE) {
      const next = turn + CODES_AT_ONCE / CODES_PER_JOB;
      await tx.queue.send("take-back-file", { shop, fileId, turn: next });
    }
  });
}
