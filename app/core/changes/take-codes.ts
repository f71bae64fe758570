import type { ShopDomain } from "../ids.ts";
import type { Stores } from "../ports/store.ts";
import { firstStage, type ChangeKind } from "./change.ts";

/**
 * Takes codes into a batch. Others that lose some by it are woken, as they may have nothing else left to
 * wait for. Part of a transaction.
 */
export async function takeCodes(
  tx: Pick<Stores, "changes" | "queue">,
  shop: ShopDomain,
  { batchId, kind }: { batchId: string; kind: ChangeKind },
  codeIds: readonly string[],
): Promise<void> {
  const others = await tx.changes.add(shop, batchId, codeIds, firstStage(kind));
  const jobs = others.map((other) => ({ payload: { shop, batchId: other } }));
  await tx.queue.sendAll("change-codes", jobs);
}
