import type { Batch } from "../batches/batch.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ChangeStage } from "./change.ts";

const AT_ONCE = 250;

const HELD = ["handing-over", "removing", "ending"] as const;
type HeldStage = (typeof HELD)[number];

/** Where a change begins again that is let go there. */
const BACK_TO: Record<HeldStage, (batch: Batch) => ChangeStage> = {
  "handing-over": () => "planned",
  removing: ({ kind }) => (kind === "rotate" ? "waiting" : "retiring"),
  ending: () => "ending",
};

/**
 * Gives up the changes whose codes a batch holds, for this reason: a code that was about to be given
 * away stays its partner's, and its registration is looked up again, so that its orders go. Gives how
 * many there were.
 */
export async function letGo(
  { store, clock }: Pick<Ports, "store" | "clock">,
  batch: Batch,
  problem: string,
): Promise<number> {
  let count = 0;
  for (const stage of HELD) {
    for (;;) {
      const page = { stages: [stage], limit: AT_ONCE, now: null };
      const changes = await store.changes.list(batch.shop, batch.id, page);
      if (changes.length === 0) break;
      const codeIds = changes.map(({ code }) => code.id);
      await settle({ store, clock }, batch, { codeIds, stage, problem });
      count += changes.length;
    }
  }
  return count;
}

async function settle(
  { store, clock }: Pick<Ports, "store" | "clock">,
  batch: Batch,
  { codeIds, stage, problem }: { codeIds: string[]; stage: HeldStage; problem: string },
): Promise<void> {
  const { shop, id } = batch;
  await store.inTransaction(async (tx) => {
    const ends = codeIds.map((codeId) => ({ codeId, problem, stage: BACK_TO[stage](batch) }));
    await tx.changes.settle(shop, id, ends, clock.now());
    if (stage === "handing-over") await tx.queue.sendAll("register-code", jobsOf(shop, codeIds));
  });
}

function jobsOf(shop: ShopDomain, codeIds: readonly string[]) {
  return codeIds.map((codeId) => ({ payload: { shop, codeId } }));
}
