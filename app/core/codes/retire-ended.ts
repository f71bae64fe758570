import { takeCodes } from "../changes/take-codes.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";

/** Codes of one batch. */
const AT_ONCE = 5_000;

/**
 * Retires the codes whose own end has come, by a batch as a merchant's selection is: they go from
 * Shopify first, then their registrations end. A discount's redeem codes share its dates, so that
 * Shopify would let them go on. Run twice at once, it starts one batch.
 */
export async function retireEnded(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop }: JobPayloads["retire-ended"],
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const now = clock.now();
    const codeIds = await tx.codes.listEnded(shop, now, AT_ONCE);
    const [first] = codeIds;
    if (first === undefined) return;
    const action = { kind: "retire" } as const;
    const selection = { kind: "picked", codeIds } as const;
    const plan = { action, selection, startsAt: null, after: null, isTaken: true };
    const draft = { draftKey: `ended-${first}-${now.toISOString().slice(0, 16)}`, plan };
    const { batchId, isNew } = await tx.changes.create(shop, draft, now);
    if (!isNew) return;
    await takeCodes(tx, shop, { batchId, kind: "retire" }, codeIds);
    await tx.changes.savePlan(shop, batchId, plan);
    await tx.queue.send("change-codes", { shop, batchId });
    if (codeIds.length === AT_ONCE) await tx.queue.send("retire-ended", { shop });
  });
}
