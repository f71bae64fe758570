import { beginCheck } from "../code-differences/start-check.ts";
import { seeDiscount } from "../code-differences/see-discount.ts";
import type { ShopDomain } from "../ids.ts";
import type { WatchedDiscount } from "../ports/code-difference-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { SeenDiscount } from "../ports/shopify.ts";
import { registerRunning } from "./register-running.ts";

/**
 * Saves a discount as Shopify has it after a change of ours. True where it ends at another moment now:
 * registrations at impact.com may carry the old one, so that both sides are compared at once.
 */
export async function takeUpSeen(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
  ours: WatchedDiscount,
  seen: SeenDiscount,
): Promise<{ endMoved: boolean }> {
  const now = clock.now();
  const next = seeDiscount(ours, seen, now);
  const endMoved = next.terms.endsAt?.getTime() !== ours.endsAt?.getTime();
  await store.inTransaction(async (tx) => {
    await tx.seenCodes.saveDiscount(shop, ours.id, next);
    await registerRunning(tx, shop, { before: ours, endsAt: next.terms.endsAt }, now);
    // What was deactivated keeps its registrations: nobody can use its codes.
    if (endMoved && next.deactivatedAt === null) await beginCheck(tx, shop, now);
  });
  return { endMoved };
}
