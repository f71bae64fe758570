import type { ShopDomain } from "../ids.ts";
import type { Reconciliation } from "../ledger/reconciliation.ts";
import type { Ports } from "../ports/ports.ts";
import type { Connection } from "../program/program.ts";
import { placeOf } from "./check-place.ts";
import { DIFFERENCE_KINDS, type CodeDifferenceKind } from "./code-difference.ts";
import { explainDifference, type ExplainedDifference } from "./explain-difference.ts";
import { WHOLE_MS } from "./start-check.ts";

export interface DifferenceGroup {
  kind: CodeDifferenceKind;
  /** How many there are in all; the first of them are listed. */
  count: number;
  differences: ExplainedDifference[];
}

export interface Differences {
  groups: DifferenceGroup[];
  /** The newest run, whatever became of it. */
  run: Reconciliation | null;
  /** When all codes were last compared to the end. */
  lastWhole: Reconciliation | null;
  /** Whether that run has looked at impact.com too. */
  isImpactChecked: boolean;
  hasProgram: boolean;
  /** Another shop reports to the program: codes of nobody here that stand at impact.com may be its. */
  leavesOutTheirs: boolean;
}

const SHOWN_OF_EACH = 25;

/** What differs on both sides, by kind, and how the checks stand. */
export async function readDifferences(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
): Promise<Differences> {
  const whole = { kinds: ["codes" as const], coveringMs: WHOLE_MS };
  const [counts, runs, lastWhole, connection] = await Promise.all([
    store.codeDifferences.countByKind(shop),
    store.reconciliations.list(shop, { kind: "codes", limit: 1 }),
    store.reconciliations.findFinished(shop, whole),
    store.connections.find(shop),
  ]);
  const now = clock.now();
  const kinds = DIFFERENCE_KINDS.filter((kind) => counts.has(kind));
  const groups = kinds.map(async (kind): Promise<DifferenceGroup> => {
    const page = { kind, after: null, limit: SHOWN_OF_EACH };
    const differences = await store.codeDifferences.list(shop, page);
    return {
      kind,
      count: counts.get(kind) ?? differences.length,
      differences: differences.map((one) => explainDifference(one, now)),
    };
  });
  return {
    groups: await Promise.all(groups),
    run: runs[0] ?? null,
    lastWhole,
    isImpactChecked: lastWhole !== null && hasReadImpact(lastWhole),
    hasProgram: Boolean(connection?.program),
    leavesOutTheirs: await isShared(store, shop, connection),
  };
}

async function isShared(
  store: Ports["store"],
  shop: ShopDomain,
  connection: Connection | null,
): Promise<boolean> {
  if (!connection?.program) return false;
  const { accountSid } = connection.credentials;
  const { programId } = connection.program;
  return store.seenCodes.isProgramSharedNow(shop, { accountSid, programId });
}

function hasReadImpact(run: Reconciliation): boolean {
  const place = placeOf(run);
  return place.stage === "compare" && place.programId !== null;
}

/** How many there are of any kind. */
export async function countDifferences(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
): Promise<number> {
  const counts = await store.codeDifferences.countByKind(shop);
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
