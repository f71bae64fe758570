import type { ShopDomain } from "../ids.ts";
import type { Partner } from "../partners/partner.ts";
import type { Ports } from "../ports/ports.ts";
import { actionsPeriod } from "./due-runs.ts";
import { isLookedAt, type Difference, type Reconciliation } from "./reconciliation.ts";

export interface Reconciliations {
  /** Newest first. */
  runs: Reconciliation[];
  /** The run over the orders from before; null where none was started. */
  backfill: Reconciliation | null;
  /** Orders the run has found that are still being read from Shopify. */
  stillReading: number;
  /** The newest run against impact.com's actions. */
  actions: Reconciliation | null;
  /** Those that runs look at no more stay until the merchant dismisses them. */
  differences: (Difference & { isPast: boolean })[];
  /** How many there are in all. */
  differing: number;
  partners: Partner[];
  hasProgram: boolean;
}

const LAST_RUNS = 5;
const MOST_SHOWN = 50;

/** The last runs and what differs at impact.com. */
export async function readReconciliations(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
): Promise<Reconciliations> {
  const [runs, backfill, actions, differences, differing, partners, connection] = await Promise.all(
    [
      store.reconciliations.list(shop, { notOfKind: "codes", limit: LAST_RUNS }),
      readBackfill({ store, clock }, shop),
      store.reconciliations.list(shop, { kind: "actions", limit: 1 }),
      store.differences.list(shop, { limit: MOST_SHOWN }),
      store.differences.count(shop),
      store.partners.list(shop),
      store.connections.find(shop),
    ],
  );
  const programId = connection?.program?.programId;
  const period = actionsPeriod(clock.now());
  const isPast = (one: Difference) => !programId || !isLookedAt(one, { programId, ...period });
  return {
    runs,
    backfill: backfill.run,
    stillReading: backfill.stillReading,
    actions: actions[0] ?? null,
    differences: differences.map((one) => ({ ...one, isPast: isPast(one) })),
    differing,
    partners,
    hasProgram: Boolean(connection?.program),
  };
}

/** Later than that nothing of it is read any more, whatever else may be. */
const READ_WITHIN_MS = 86_400_000;

/**
 * The run that takes in past orders, null where none was started, and how many of those it has
 * found are not read yet: it has done its part long before they are in.
 */
export async function readBackfill(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
): Promise<{ run: Reconciliation | null; stillReading: number }> {
  const [run] = await store.reconciliations.list(shop, { kind: "backfill", limit: 1 });
  if (!run) return { run: null, stillReading: 0 };
  const age = clock.now().getTime() - (run.finishedAt ?? clock.now()).getTime();
  const isReading = age < READ_WITHIN_MS && run.found > 0;
  return { run, stillReading: isReading ? await store.ledger.countFetching(shop) : 0 };
}
