import type { ShopDomain } from "../ids.ts";
import { beginRun } from "../ledger/begin-run.ts";
import type { Reconciliation } from "../ledger/reconciliation.ts";
import { beginPartnerSync } from "../partners/sync-partners.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";

/** A run over all codes; tells it from one over a single discount's, which covers no time. */
export const WHOLE_MS = 86_400_000;

/**
 * Begins to compare all codes with both sides, unless a run is under way. Partners are synced with
 * it: only impact.com knows whose contract has ended. Part of a transaction.
 */
export async function beginCheck(
  tx: Stores,
  shop: ShopDomain,
  now: Date,
): Promise<Reconciliation | null> {
  const period = { from: new Date(now.getTime() - WHOLE_MS), to: now };
  const [running] = await tx.reconciliations.list(shop, RUNNING);
  if (running) return null;
  const connection = await tx.connections.find(shop);
  if (connection?.program) await beginPartnerSync(tx, shop, connection.program, now);
  return beginRun(tx, shop, { kind: "codes", ...period }, now);
}

/**
 * Compares all codes once more, of what has moved at this moment: a run that is under way may have
 * passed it, and is followed by another. Part of a transaction.
 */
export async function checkAfterwards(tx: Stores, shop: ShopDomain, now: Date): Promise<void> {
  if (await tx.reconciliations.follow(shop, "codes")) return;
  await beginCheck(tx, shop, now);
}

/** Begins the run that was to follow the one that has just ended, if any. Part of a transaction. */
export async function beginFollowing(
  tx: Stores,
  shop: ShopDomain,
  runId: string,
  now: Date,
): Promise<void> {
  const ended = await tx.reconciliations.find(shop, runId);
  if (ended?.isFollowed) await beginCheck(tx, shop, now);
}

/** Begins to compare one discount's codes, in Shopify alone; false where a run is under way. */
export async function beginDiscountCheck(
  tx: Stores,
  shop: ShopDomain,
  discountId: string,
  now: Date,
): Promise<boolean> {
  const run = { kind: "codes" as const, discountId, from: now, to: now };
  return (await beginRun(tx, shop, run, now)) !== null;
}

const RUNNING = { kind: "codes", state: "running", limit: 1 } as const;

/** The merchant asks for it now; a run that is under way goes on instead: then this is false. */
export async function startCheck(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
): Promise<boolean> {
  const begun = await store.inTransaction((tx) => beginCheck(tx, shop, clock.now()));
  return begun !== null;
}
