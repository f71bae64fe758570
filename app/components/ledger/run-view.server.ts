import type { Reconciliation } from "#app/core/ledger/reconciliation.ts";
import { timeFormats } from "../time-formats.server.ts";

export interface RunView {
  id: string;
  kind: Reconciliation["kind"];
  state: Reconciliation["state"];
  what: string;
  when: string;
  result: string;
  problem: string | null;
  /** What was not compared by amount; null where all was. */
  otherCurrency: string | null;
  /** In percent of its time, as far as it can be told. */
  progress: number;
}

const WHAT: Record<Reconciliation["kind"], string> = {
  backfill: "Orders from before",
  orders: "Shopify's orders",
  actions: "impact.com's actions",
  codes: "Codes on both sides",
};

export function runView(run: Reconciliation, { timeZone }: { timeZone: string }): RunView {
  const { id, kind, state, problem } = run;
  return {
    id,
    kind,
    state,
    what: WHAT[kind],
    when: timeFormats(timeZone).minute(run.finishedAt ?? run.startedAt),
    result: resultOf(run),
    problem,
    otherCurrency: otherCurrencyOf(run),
    progress: progressOf(run),
  };
}

function resultOf({ kind, state, listed, found }: Reconciliation): string {
  const there = kind === "actions" ? "actions" : "orders";
  const read = `${listed.toLocaleString("en-US")} ${there} compared`;
  if (state === "running") return `${read} so far`;
  const many = found.toLocaleString("en-US");
  if (kind === "actions") return found === 0 ? `${read}, none differs` : `${read}, ${many} differ`;
  return found === 0 ? `${read}, none was missing` : `${read}, ${many} missing or out of date`;
}

function otherCurrencyOf({ otherCurrency }: Reconciliation): string | null {
  if (otherCurrency === 0) return null;
  const were =
    otherCurrency === 1 ? "1 action was" : `${otherCurrency.toLocaleString("en-US")} actions were`;
  return `${were} compared only by how much is left of the first amount, as impact.com lists another currency than the reported one.`;
}

/** Orders are read by when they were last changed: how far that is through the run's time. */
function progressOf({ state, kind, from, to, cursor }: Reconciliation): number {
  if (state !== "running") return 100;
  if (cursor === null) return 0;
  const at = Number(cursor.split("/")[kind === "actions" ? 1 : 0]);
  const done = (at - from.getTime()) / (to.getTime() - from.getTime());
  return Math.round(Math.min(Math.max(done, 0), 1) * 100);
}
