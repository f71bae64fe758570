import { Gauge, type Registry } from "prom-client";
import type { OperatorFigures } from "./adapters/postgres/operator-figures.ts";

function gauge<Label extends string>(name: string, help: string, labelNames: Label[]) {
  return new Gauge({ name: `partner_codes_${name}`, help, labelNames, registers: [] });
}

const OUTCOME = ["shop", "state", "reason"] as const;

const gauges = {
  oldest: gauge("queue_age_seconds", "How long the oldest due job has been waiting.", ["job"]),
  jobs: gauge("queue_jobs", "Jobs that are due, for later, or active; 10,000 means or more.", [
    "job",
    "state",
  ]),
  orders: gauge("orders_last_day", "Orders placed within 24 hours, by what became of them.", [
    ...OUTCOME,
  ]),
  openOrders: gauge("orders_open", "Orders that wait or have failed, whenever placed.", [
    ...OUTCOME,
  ]),
  adjustments: gauge("adjustments_last_day", "Adjustments made within 24 hours.", [...OUTCOME]),
  gap: gauge("ledger_gap", "What the newest finished reconciliation found missing or differing.", [
    "shop",
    "kind",
  ]),
  gapAge: gauge("reconciled_seconds", "Seconds since the newest reconciliation finished.", [
    "shop",
    "kind",
  ]),
  differences: gauge("ledger_differences", "Where impact.com and we tell different stories.", [
    "shop",
    "kind",
  ]),
};

export function registerGauges(registry: Registry): void {
  for (const each of Object.values(gauges)) registry.registerMetric(each);
}

/** Replaces every gauge's values; null where the database gave none. */
export function setFigures(figures: OperatorFigures | null): void {
  for (const each of Object.values(gauges)) each.reset();
  if (!figures) return;
  for (const { name: job, due, later, active, oldestDueS } of figures.queues) {
    gauges.oldest.set({ job }, oldestDueS);
    gauges.jobs.set({ job, state: "due" }, due);
    gauges.jobs.set({ job, state: "later" }, later);
    gauges.jobs.set({ job, state: "active" }, active);
  }
  for (const { count, ...labels } of figures.orders) gauges.orders.set(labels, count);
  for (const { count, ...labels } of figures.openOrders) gauges.openOrders.set(labels, count);
  for (const { count, ...labels } of figures.adjustments) gauges.adjustments.set(labels, count);
  for (const { shop, kind, found, endedS } of figures.reconciliations) {
    gauges.gap.set({ shop, kind }, found);
    gauges.gapAge.set({ shop, kind }, endedS);
  }
  for (const { count, ...labels } of figures.differences) gauges.differences.set(labels, count);
}
