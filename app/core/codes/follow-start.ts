import type { ShopDomain } from "../ids.ts";
import type { Discount } from "./discount.ts";
import type { Stores } from "../ports/store.ts";
import { EVERY_CODE } from "./code-selection.ts";

/**
 * A discount begins earlier than the codes that impact.com has: a batch registers them anew, and their
 * orders wait meanwhile. Part of a transaction; done twice it is as once. Gives the batch; null where
 * impact.com has none of its codes.
 */
export async function followStart(
  tx: Stores,
  shop: ShopDomain,
  { ours, startsAt }: { ours: Pick<Discount, "id">; startsAt: Date },
  now: Date,
): Promise<string | null> {
  const state = { shopifyState: "live", impactState: "registered" } as const;
  const filter = { ...EVERY_CODE, ...state, discountId: ours.id };
  const selection = { kind: "matching", filter } as const;
  if ((await tx.codes.countSelected(shop, selection, { upTo: 1 })) === 0) return null;
  const action = { kind: "register-anew", because: "start" } as const;
  const plan = { action, selection, startsAt: null, after: null, isTaken: false };
  const draftKey = `start ${ours.id} ${startsAt.getTime()}`;
  const { batchId, isNew } = await tx.changes.create(shop, { draftKey, plan }, now);
  if (isNew) await tx.queue.send("change-codes", { shop, batchId });
  return batchId;
}
