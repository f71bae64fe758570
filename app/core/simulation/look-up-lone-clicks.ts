import { countedClick } from "../attribution/attribute-order.ts";
import { isClickId } from "../attribution/click.ts";
import { rulesAt, type RulesAt } from "../attribution/rules-at.ts";
import { areClicksUntold } from "../clicks/are-clicks-untold.ts";
import { askWhose, type ClickProgram } from "../clicks/ask-whose.ts";
import { askingEndsAt } from "../clicks/click-hold.ts";
import type { PartnerId, ShopDomain } from "../ids.ts";
import type { ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { ReplayOrder, ReplayPlace, ReplaySpan } from "../ports/replay-store.ts";
import { nextAttemptAt } from "../retry.ts";
import { MOST_DAYS, NEVER_DECIDED } from "./simulate-rule.ts";

type Job = JobPayloads["look-up-lone-clicks"];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ORDERS_AT_ONCE = 500;
/** Then another job goes on. */
const CLICKS_AT_ONCE = 100;
/** So long after its job was due a run has lost it. */
const LOST_MS = HOUR_MS;
/** Before that whoever opens the page starts no new run. */
const REST_MS = 10 * 60_000;
/** So long impact.com may be out of order; after that the next who opens the page starts a new run. */
const PATIENCE_MS = 3 * DAY_MS;

/**
 * Has impact.com asked whose the clicks of replayed orders were, where that is not known; of clicks that
 * meet no code nobody else asks. One run at a time for each shop. Says whether impact.com tells at all.
 */
export async function startLoneLookUps(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
): Promise<"asking" | "untold" | "not-connected"> {
  const connection = await store.connections.find(shop);
  if (!connection?.program) return "not-connected";
  const now = clock.now();
  await store.inTransaction(async (tx) => {
    if (!(await tx.clicks.claimLookUps(shop, { now, until: later(now, LOST_MS) }))) return;
    await tx.queue.send("look-up-lone-clicks", { shop, after: null });
  });
  return (await areClicksUntold(store, shop)) ? "untold" : "asking";
}

/**
 * Asks about some of them, the newest orders first, with what the hour's budget leaves over; the next job
 * goes on after the last order that was asked about. Each order is past the time in which a click may not
 * be known to impact.com yet.
 */
export async function lookUpLoneClicks(
  ports: Pick<Ports, "store" | "clock" | "impact" | "random">,
  job: Job,
): Promise<void> {
  const { store, clock } = ports;
  const { shop } = job;
  const connection = await store.connections.find(shop);
  if (!connection?.program) return;
  const now = clock.now();
  const program = { shop, ...connection, programId: connection.program.programId };
  const rules = rulesAt(await store.rules.list(shop), now);
  const asking = createAsking(ports, program, rules);
  for (let after = placeOf(job); ;) {
    const page = { after, limit: ORDERS_AT_ONCE };
    const orders: ReplayOrder[] = await store.replays.page(shop, spanAt(now), page);
    for (const order of orders) {
      const problem = await asking.ask(order);
      if (problem?.kind === "missing-scope") return rest(ports, shop);
      if (problem) return waitFor(ports, { ...job, ...jobAfter(after) }, asking.asked, problem);
      after = order;
      if (asking.asked >= CLICKS_AT_ONCE) return goOn(ports, { shop, ...jobAfter(after) }, now);
    }
    if (orders.length < ORDERS_AT_ONCE) return rest(ports, shop);
  }
}

const FOR_REPLAY = { priority: "spare", isForReplay: true } as const;

function createAsking(
  ports: Pick<Ports, "store" | "clock" | "impact">,
  program: ClickProgram,
  rules: RulesAt,
) {
  const asked = new Set<string>();
  return {
    get asked() {
      return asked.size;
    },
    /** Gives the problem for which it can't go on. */
    async ask(order: ReplayOrder): Promise<ImpactProblem | null> {
      for (const clickId of untoldOn(order, rules)) {
        if (asked.has(clickId)) continue;
        const question = { clickId, thereAt: order.placedAt, ...FOR_REPLAY };
        const { verdict, problem } = await askWhose(ports, program, question);
        if (problem && (verdict === null || problem.kind === "missing-scope")) return problem;
        asked.add(clickId);
        if (verdict === "known") break;
      }
      return null;
    },
  };
}

/** The clicks of an order of which it is not known whose they are, and that count, or would if it were. */
function untoldOn(order: ReplayOrder, rules: RulesAt): string[] {
  const counted = countedClick(order, order.known, rules);
  if (!counted) return [];
  const untold = order.clicks.filter((click) => {
    if (click.partner || click.refused || !isClickId(click.clickId)) return false;
    const clicks = order.clicks.map((one) => (one === click ? { ...one, partner: SOMEBODY } : one));
    return countedClick({ ...order, clicks }, order.known, rules)?.clickId === click.clickId;
  });
  const first = counted.partner ? [] : [counted];
  return [...new Set([...first, ...untold].map(({ clickId }) => clickId))];
}

const SOMEBODY = { partnerId: "" as PartnerId, name: "" };

/** Orders of all days that can be replayed, but the newest. */
function spanAt(now: Date): ReplaySpan {
  const since = new Date(now.getTime() - MOST_DAYS * DAY_MS);
  const isNew = askingEndsAt({ since: now, placedAt: now }).getTime() - now.getTime();
  return { since, until: new Date(now.getTime() - isNew), without: NEVER_DECIDED };
}

async function goOn(
  { store, clock }: Pick<Ports, "store" | "clock">,
  job: Job,
  startAfter: Date,
): Promise<void> {
  await store.inTransaction(async (tx) => {
    const due = startAfter > clock.now() ? startAfter : clock.now();
    await tx.clicks.saveLookUpsUntil(job.shop, later(due, LOST_MS));
    await tx.queue.send("look-up-lone-clicks", job, { startAfter });
  });
}

async function waitFor(
  ports: Pick<Ports, "store" | "clock" | "random">,
  { shop, after, attempts = 0, since }: Job,
  asked: number,
  { retryAt: notBefore }: ImpactProblem,
): Promise<void> {
  const now = ports.clock.now();
  const begun = asked === 0 && since ? new Date(since) : now;
  if (later(begun, PATIENCE_MS) < now) return;
  const tries = asked > 0 ? 0 : attempts;
  const at = nextAttemptAt({ now, attempts: tries, random: ports.random(), notBefore });
  await goOn(ports, { shop, after, attempts: tries + 1, since: begun.toISOString() }, at);
}

async function rest(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
): Promise<void> {
  await store.clicks.saveLookUpsUntil(shop, later(clock.now(), REST_MS));
}

function placeOf({ after }: Job): ReplayPlace | null {
  return after && { orderId: after.orderId, placedAt: new Date(after.placedAt) };
}

function jobAfter(place: ReplayPlace | null): Pick<Job, "after"> {
  return { after: place && { orderId: place.orderId, placedAt: place.placedAt.toISOString() } };
}

function later(time: Date, byMs: number): Date {
  return new Date(time.getTime() + byMs);
}
