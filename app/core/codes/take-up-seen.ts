import { checkAfterwards } from "../code-differences/start-check.ts";
import { seeDiscount } from "../code-differences/see-discount.ts";
import type { ShopDomain } from "../ids.ts";
import type { WatchedDiscount } from "../ports/code-difference-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { SeenDiscount } from "../ports/shopify.ts";
import type { Stores } from "../ports/store.ts";
import { followStart } from "./follow-start.ts";
import { movesOf, type Moves } from "./moves-of.ts";
import { registerRunning } from "./register-running.ts";

/** How its time has moved, and the batch that registers its codes anew. */
export type Followed = Moves & { batchId: string | null };

/**
 * Saves a discount as Shopify has it after a change of ours, and tells how its time has moved: codes
 * that are registered from later on are registered anew, by a batch.
 */
export async function takeUpSeen(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
  ours: WatchedDiscount,
  seen: SeenDiscount,
): Promise<Followed> {
  return store.inTransaction((tx) => takeUpIn(tx, shop, { ours, seen }, clock.now()));
}

/** The same as part of a transaction. */
export async function takeUpIn(
  tx: Stores,
  shop: ShopDomain,
  { ours, seen }: { ours: WatchedDiscount; seen: SeenDiscount },
  now: Date,
): Promise<Followed> {
  const moves = await saveSeen(tx, shop, { ours, seen }, now);
  if (!moves.startMoved) return { ...moves, batchId: null };
  const { startsAt } = seen.terms;
  return { ...moves, batchId: await followStart(tx, shop, { ours, startsAt }, now) };
}

/**
 * Saves a discount as Shopify has it. Where its time has moved, registrations at impact.com may carry
 * the old one: both sides are compared, unless the run that has seen it does so. Part of a transaction.
 */
export async function saveSeen(
  tx: Stores,
  shop: ShopDomain,
  { ours, seen, isCompared = false }: Seen,
  now: Date,
): Promise<Moves> {
  const next = seeDiscount(ours, seen, now);
  const moved = movesOf(ours, next.terms, now);
  // What was deactivated keeps its registrations: nobody can use its codes.
  const isUsable = next.deactivatedAt === null;
  const moves = { ...moved, startMoved: moved.startMoved && isUsable };
  const mayDiffer = moves.startMoved || (moves.endMoved && isUsable);
  // First, as a run locks itself before what it notes.
  if (mayDiffer && !isCompared) await checkAfterwards(tx, shop, now);
  await tx.seenCodes.saveDiscount(shop, ours.id, next);
  await registerRunning(tx, shop, { before: ours, endsAt: next.terms.endsAt }, now);
  return moves;
}

interface Seen {
  ours: WatchedDiscount;
  seen: SeenDiscount;
  /** Both sides are read after this, by the run that has seen it. */
  isCompared?: boolean;
}
