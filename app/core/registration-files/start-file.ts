import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import { scopeOf } from "./offer-file.ts";
import { nextLookAt } from "./registration-file.ts";
import { ONE_BY_ONE } from "./template.ts";

export type StartProblem = Problem<"not-connected" | "nothing-waits">;

/**
 * Puts the codes that wait for registration into a file, a batch's or all of the shop's: from then on
 * nobody registers them one by one. Those that a job is registering at this moment stay with the job.
 */
export async function startFile(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, batchId }: { shop: ShopDomain; batchId: string | null },
): Promise<Result<{ fileId: string }, StartProblem>> {
  const connection = await store.connections.find(shop);
  if (!connection?.program) return failure(NOT_CONNECTED);
  const { programId } = connection.program;
  const now = clock.now();
  return store.inTransaction(async (tx) => {
    const draft = { programId, scope: scopeOf(batchId) };
    const file = await tx.registrationFiles.create(shop, draft, now);
    if (!file) return failure(NOTHING_WAITS);
    const startAfter = nextLookAt(file, now);
    await tx.registrationFiles.save(shop, { ...file, nextLookAt: startAfter });
    const look = { shop, fileId: file.id, lookId: file.lookId, page: 1 };
    if (startAfter) await tx.queue.send("look-for-file", look, { startAfter });
    return success({ fileId: file.id });
  });
}

const NOT_CONNECTED: StartProblem = {
  kind: "not-connected",
  retry: "never",
  message: "Connect impact.com and choose a program first.",
};

const NOTHING_WAITS: StartProblem = {
  kind: "nothing-waits",
  retry: "never",
  message: `No code waits that a file could register: they are registered, or in a file already. ${ONE_BY_ONE}`,
};
