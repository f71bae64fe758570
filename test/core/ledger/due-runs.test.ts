import { expect, test } from "vitest";
import { dueRuns, isStale } from "#app/core/ledger/due-runs.ts";
import { runWith } from "#test/core/given/run-with.ts";

const NOW = new Date("2026-11-23T10:00:00Z");
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const NONE = { orders: null, full: null, actions: null };
const CONNECTED = { hasProgram: true, seesAllOrders: false };

function summary(runs: Parameters<typeof dueRuns>[0], options = CONNECTED) {
  return dueRuns(runs, options, NOW).map(
    ({ kind, from, to }) => [kind, (to.getTime() - from.getTime()) / HOUR_MS] as const,
  );
}

test("a shop without runs is due for all of Shopify's 60 days and impact.com's 90", () => {
  expect(summary(NONE)).toEqual([
    ["orders", expect.closeTo(60 * 24, 0)],
    ["actions", 90 * 24],
  ]);
});

test("a shop that reports nowhere has no actions to compare", () => {
  expect(summary(NONE, { ...CONNECTED, hasProgram: false }).map(([kind]) => kind)).toEqual([
    "orders",
  ]);
});

test("an hour after the last run the last three hours are due", () => {
  const full = runWith({ from: ago(61 * DAY_MS), to: ago(HOUR_MS), startedAt: ago(HOUR_MS) });
  const runs = { orders: full, full, actions: full };
  expect(summary(runs)).toEqual([["orders", expect.closeTo(3, 0)]]);
  const justRun = { ...full, startedAt: ago(HOUR_MS / 2) };
  expect(summary({ orders: justRun, full: justRun, actions: justRun })).toEqual([]);
});

test("after the app was down for a day the run begins before the last one's end", () => {
  const full = runWith({ from: ago(61 * DAY_MS), startedAt: ago(20 * HOUR_MS) });
  const orders = runWith({ to: ago(19 * HOUR_MS), startedAt: ago(19 * HOUR_MS) });
  const [due] = dueRuns({ orders, full, actions: full }, CONNECTED, NOW);
  expect(due?.from.getTime()).toBeLessThan(orders.to.getTime());
});

test("a day after the last full run a full one is due instead of an hourly one", () => {
  const full = runWith({ from: ago(61 * DAY_MS), startedAt: ago(DAY_MS) });
  const orders = runWith({ startedAt: ago(2 * HOUR_MS) });
  expect(summary({ orders, full, actions: full })).toEqual([
    ["orders", expect.closeTo(60 * 24, 0)],
    ["actions", 90 * 24],
  ]);
});

test("a run that only waits for its next try is not stale", () => {
  expect(isStale({ progressAt: ago(HOUR_MS) }, NOW)).toBe(false);
  expect(isStale({ progressAt: ago(2 * HOUR_MS) }, NOW)).toBe(true);
});

test("where older orders are allowed the daily run goes 90 days back", () => {
  const [due] = summary(NONE, { ...CONNECTED, seesAllOrders: true });
  expect(due).toEqual(["orders", expect.closeTo(91 * 24, 0)]);
});
