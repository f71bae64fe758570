import type { ShopDomain } from "../ids.ts";
import type { Reconciliation } from "../ledger/reconciliation.ts";
import type { Connection } from "../program/program.ts";
import type { Problem } from "../result.ts";
import type { CheckPlace } from "./check-place.ts";
import type { CheckPorts, PageRead } from "./reconcile-codes.ts";

/** Reads the next page of the program's registrations. */
export async function readImpact(
  { store, impact, clock }: CheckPorts,
  shop: ShopDomain,
  run: Reconciliation,
  { programId, page }: Extract<CheckPlace, { stage: "impact" }>,
): Promise<PageRead> {
  const connection = await store.connections.find(shop);
  if (!connection || !isStill(connection, programId)) return CHANGED;
  const query = { programId, page, now: clock.now() };
  const read = await impact.listPromoCodes(connection.credentials, query);
  if (!read.ok) return { kind: "failed", problem: read.problem };
  const { promoCodes, pages } = read.value;
  const isLast = page >= pages;
  return {
    kind: "read",
    next: isLast
      ? { stage: "compare", programId, after: null }
      : { stage: "impact", programId, page: page + 1 },
    listed: promoCodes.length,
    note: (tx) => tx.seenCodes.noteAtImpact(shop, run, promoCodes),
  };
}

export function isStill({ program }: Connection, programId: string): boolean {
  return program?.programId === programId;
}

const PROGRAM_CHANGED: Problem = {
  kind: "program-changed",
  retry: "never",
  message: "The program was changed while its codes were read. Check again.",
};

/** What was read is another program's. */
export const CHANGED: PageRead = { kind: "failed", problem: PROGRAM_CHANGED };
