import type { Batch } from "../batches/batch.ts";
import { startUnlessUnderWay } from "../changes/start-unless-under-way.ts";
import type { ShopDomain } from "../ids.ts";
import type { Discount } from "./discount.ts";
import type { Stores } from "../ports/store.ts";
import { EVERY_CODE } from "./code-selection.ts";

/**
 * A discount begins earlier than the codes that impact.com has: a batch registers them anew, and their
 * orders wait meanwhile. Part of a transaction; done twice at once it is as once. Gives the batch; null
 * where impact.com has none of its codes.
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
  // One that has taken its codes in knows none that were registered since, from a later start on.
  const isUnderWay = ({ state, change }: Batch) => state === "running" && !change?.isTaken;
  return startUnlessUnderWay(tx, shop, { draftKey, plan, isUnderWay }, now);
}
