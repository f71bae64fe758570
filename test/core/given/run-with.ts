import type { Reconciliation } from "#app/core/ledger/reconciliation.ts";

const AT = new Date("2026-11-23T09:00:00Z");

/** A finished run over three hours of orders; what a test is about comes in as changes. */
export function runWith(changes: Partial<Reconciliation> = {}): Reconciliation {
  return {
    id: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
    kind: "orders",
    discountId: null,
    state: "finished",
    from: new Date("2026-11-23T06:00:00Z"),
    to: AT,
    cursor: null,
    listed: 0,
    found: 0,
    otherCurrency: 0,
    attempts: 0,
    isFollowed: false,
    problem: null,
    startedAt: AT,
    progressAt: AT,
    finishedAt: AT,
    ...changes,
  };
}
