import type { Code } from "../codes/discount.ts";
import { hasEnded } from "../codes/why-ended.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { CodeDifference } from "./code-difference.ts";
import { repairDifference, type RepairPorts } from "./repair-difference.ts";
import { MADE_ANEW } from "./repairs.ts";

/** One job lasts about as long as so many calls to both sides take. */
const AT_ONCE = 50;

/** Queues the repair of every difference of a kind. */
export async function startRepairs(
  { store }: Pick<Ports, "store">,
  wish: Omit<JobPayloads["repair-differences"], "after">,
): Promise<void> {
  await store.queue.send("repair-differences", { ...wish, after: null });
}

type Payload = JobPayloads["repair-differences"];

/**
 * Repairs a page of a kind's differences, one after the other, and queues the next. One that can't be
 * repaired says why in its row and holds up no other; one that throws gets a job of its own, which
 * fails as jobs do. A limit that is used up is waited for. Where registrations are made anew, one goes
 * first, and the others follow once impact.com has taken it.
 */
export async function repairDifferences(ports: RepairPorts, given: Payload): Promise<void> {
  const trial = await lookAtTrial(ports, given);
  if (trial === "over") return;
  if (trial === "waits") return goOn(ports, [given], laterThan(ports, TRIAL_MS));
  const payload = { ...given, trial };
  const { shop, kind, repair, only } = payload;
  const page = await pageOf(ports, given);
  const asking = page.length < AT_ONCE ? ports : { ...ports, impact: ports.impact.ofMany() };
  const alone: string[] = [];
  const withAlone = (next: Payload, isMore = true) => [
    ...(isMore ? [next] : []),
    ...alone.map((subject) => ({ ...next, only: subject })),
  ];
  let done = given.after;
  for (const difference of page) {
    const { subject, codeId } = difference;
    const mending = repairDifference(asking, { shop, kind, subject, repair });
    const repaired = await (only ? mending : mending.catch(() => null));
    if (repaired === null) alone.push(subject);
    const isBusy = repaired?.ok === false && repaired.problem.retryAt;
    if (isBusy) return goOn(ports, withAlone({ ...payload, after: done }), isBusy);
    done = subject;
    if (
      trial !== "passed" &&
      repaired?.ok &&
      codeId &&
      (await isOnTrial(ports, shop, difference))
    ) {
      const tried = { ...payload, after: done, trial: { codeId } };
      return goOn(ports, withAlone(tried), laterThan(ports, TRIAL_MS));
    }
  }
  await goOn(ports, withAlone({ ...payload, after: done }, page.length === AT_ONCE));
}

async function pageOf(
  { store: { codeDifferences } }: RepairPorts,
  { shop, kind, after, only }: Payload,
): Promise<CodeDifference[]> {
  if (only === undefined) return codeDifferences.list(shop, { kind, after, limit: AT_ONCE });
  const one = await codeDifferences.find(shop, { kind, subject: only });
  return one ? [one] : [];
}

/** What is registered within it, is so by the first look. */
const TRIAL_MS = 15_000;

function laterThan({ clock }: RepairPorts, ms: number): Date {
  return new Date(clock.now().getTime() + ms);
}

/**
 * Whether a code was to be registered anew, and is not so yet. One that has ended in Shopify ends at
 * impact.com too, and nobody's is registered by nobody.
 */
async function isOnTrial(
  { store, clock }: RepairPorts,
  shop: ShopDomain,
  { kind, endsHere, codeId }: CodeDifference,
): Promise<boolean> {
  if (kind === "ends-differ" && hasEnded(endsHere, clock.now())) return false;
  const code = codeId && (await store.codes.find(shop, codeId));
  return Boolean(code && code.partner && ["planned", "failed"].includes(code.impactState));
}

/** "passed": all may be repaired; undefined: the next one is the trial. */
async function lookAtTrial(
  { store }: RepairPorts,
  { shop, kind, repair, trial }: Payload,
): Promise<"passed" | "waits" | "over" | undefined> {
  if (trial === "passed" || !MADE_ANEW.includes(repair)) return "passed";
  const code = trial && (await store.codes.find(shop, trial.codeId));
  if (code?.shopifyState !== "live") return undefined;
  if (code.impactState === "registered") return "passed";
  if (code.impactState === "failed") {
    await store.codeDifferences.saveProblems(shop, kind, notTaken(code));
    return "over";
  }
  const connection = await store.connections.find(shop);
  return connection?.program ? "waits" : "over";
}

/** Whether it takes a code again is not documented (reference/impact.md, 12.2). */
function notTaken({ code, impactProblem }: Code): string {
  return `impact.com did not register ${code} again after its registration had ended, so this one was left as it is. ${impactProblem ?? ""}`.trim();
}

async function goOn(
  { store }: RepairPorts,
  payloads: readonly Payload[],
  startAfter?: Date,
): Promise<void> {
  const options = startAfter ? { startAfter } : {};
  await store.queue.sendAll(
    "repair-differences",
    payloads.map((payload) => ({ payload, options })),
  );
}
