import type { Reconciliations } from "#app/core/ledger/read-reconciliations.ts";
import { differenceRow } from "./difference-row.server.ts";
import { runView } from "./run-view.server.ts";

export function reconciliationsView(read: Reconciliations, shop: { timeZone: string }) {
  const { runs, backfill, stillReading, actions, differences, partners } = read;
  return {
    runs: runs.map((run) => runView(run, shop)),
    backfill: backfill && runView(backfill, shop),
    actions: actions && runView(actions, shop),
    differences: differences.map((one) => differenceRow(one, partners, shop)),
    differing: read.differing,
    hasProgram: read.hasProgram,
    stillReading,
    isRunning: [...runs, backfill, actions].some((run) => run?.state === "running"),
  };
}
