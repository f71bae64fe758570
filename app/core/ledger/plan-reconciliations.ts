import { isCheckDue } from "../code-differences/due-check.ts";
import { beginCheck, WHOLE_MS } from "../code-differences/start-check.ts";
import { retireEnded } from "../codes/retire-ended.ts";
import { giveUpOverdue } from "../conversions/give-up-overdue.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import { beginRun, queueNextPage } from "./begin-run.ts";
import { dueRuns, fullMs, isStale } from "./due-runs.ts";

const SHOPS_AT_ONCE = 100;
/** Of each kind one run may be under way. */
const KINDS = 4;

/**
 * Starts the runs that are due, for a page of installed shops, and continues those that lost their
 * job; another job goes on with the shops `after` them.
 * Two that plan at once start nothing twice: a kind has one run at a time, and one just started or
 * continued is not due again.
 */
export async function planReconciliations(
  ports: Pick<Ports, "store" | "clock">,
  { after = null }: JobPayloads["plan-reconciliations"] = {},
): Promise<void> {
  const { store } = ports;
  const shops = await store.reconciliations.shopsToPlan({ after, limit: SHOPS_AT_ONCE });
  const last = shops.at(-1);
  if (last && shops.length === SHOPS_AT_ONCE) {
    await store.queue.send("plan-reconciliations", { after: last.shop });
  }
  // One shop's trouble keeps no other from its runs.
  const thrown: unknown[] = [];
  const note = (error: unknown) => void thrown.push(error);
  for (const { shop, timeZone, ...reach } of shops) {
    await planFor(ports, shop, reach).catch(note);
    await planCheck(ports, shop, timeZone).catch(note);
  }
  if (thrown.length > 0) throw thrown[0];
}

async function planFor(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
  reach: { hasProgram: boolean; seesAllOrders: boolean },
): Promise<void> {
  const now = clock.now();
  await continueStale({ store }, shop, now);
  await giveUpOverdue(store, shop, now);
  await retireEnded({ store, clock }, { shop });
  const find = (kinds: ("backfill" | "orders" | "actions")[], coveringMs: number) =>
    store.reconciliations.findFinished(shop, { kinds, coveringMs });
  const [orders, full, actions] = await Promise.all([
    find(["orders", "backfill"], 0),
    find(["orders", "backfill"], fullMs(reach)),
    find(["actions"], 0),
  ]);
  const due = dueRuns({ orders, full, actions }, reach, now);
  if (due.length === 0) return;
  await store.inTransaction(async (tx) => {
    for (const run of due) await beginRun(tx, shop, run, now);
  });
}

/** Once in the shop's night its codes are compared with both sides. */
async function planCheck(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
  timeZone: string,
): Promise<void> {
  const whole = { kinds: ["codes" as const], coveringMs: WHOLE_MS };
  const last = await store.reconciliations.findFinished(shop, whole);
  const now = clock.now();
  if (!isCheckDue(last, timeZone, now)) return;
  await store.inTransaction((tx) => beginCheck(tx, shop, now));
}

async function continueStale(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
  now: Date,
): Promise<void> {
  const running = await store.reconciliations.list(shop, { state: "running", limit: KINDS });
  for (const run of running.filter((one) => isStale(one, now))) {
    await store.inTransaction(async (tx) => {
      // Only one of two planners saves, as the other finds it continued; so one job is sent.
      const continued = { ...run, attempts: run.attempts + 1, progressAt: now };
      const isMine = await tx.reconciliations.save(shop, run, continued);
      if (isMine) await queueNextPage(tx, shop, run);
    });
  }
}
