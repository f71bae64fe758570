import type { Code } from "../codes/discount.ts";
import { untoldUntil } from "../codes/goes-on-at.ts";
import { registrationTerms } from "../codes/registration-terms.ts";
import { saveProblem, tryRegistration } from "../codes/register-code.ts";
import type { ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import { failure, success } from "../result.ts";
import type { ChangePlan } from "./change.ts";
import type { ChangeRun, StageResult } from "./change-codes.ts";
import { endOld } from "./end-old.ts";
import { giveUp } from "./hand-over.ts";
import { letGo } from "./let-go.ts";
import { notConnected, whyNotLive } from "./refuse-code.ts";

/** Whether impact.com takes a code again is not documented (reference/impact.md, 12.2): one by one. */
const ONE = 1;

/** Held in one step. */
const HELD_AT_ONCE = 100;

/**
 * Customers use all of them before their registrations begin: from now on the orders of all wait, as
 * impact.com would refuse them.
 */
export async function holdForStart(
  { store, clock }: Ports,
  { batch, change }: ChangeRun,
): Promise<StageResult> {
  const { shop, id, state } = batch;
  if (!isForStart(change) || state === "cancelling") return success(0);
  const page = { stages: ["planned"] as const, limit: HELD_AT_ONCE, now: clock.now() };
  const changes = await store.changes.list(shop, id, page);
  const settled = [];
  for (const { code } of changes) {
    const { id: codeId, familyId, impactState } = code;
    // A family's registration has begun; what is not registered yet will be, from the new start on.
    const isRight = familyId !== null || impactState === "planned";
    const problem = isRight ? null : await whyNotAnew(store, code, clock.now());
    if (isRight || problem !== null) settled.push({ codeId, problem });
  }
  await store.changes.settle(shop, id, settled, clock.now());
  const isSettled = new Set(settled.map(({ codeId }) => codeId));
  const left = changes.map(({ code }) => code.id).filter((codeId) => !isSettled.has(codeId));
  const to = { stage: "handing-over", unregisters: true } as const;
  const begun = await store.changes.begin(shop, id, left, to, clock.now());
  return success(settled.length + begun.length);
}

function isForStart({ action }: ChangePlan): boolean {
  return action.kind === "register-anew" && action.because === "start";
}

/** Holds the next code, once the one before is registered: from now on its orders wait. */
export async function beginAnew(ports: Ports, { batch, change }: ChangeRun): Promise<StageResult> {
  if (isForStart(change)) return success(0);
  const { store, clock } = ports;
  const { shop, id } = batch;
  const { open } = await store.changes.count(shop, id);
  if (open["handing-over"] + open.registering > 0) return success(0);
  const page = { stages: ["planned"] as const, limit: ONE, now: clock.now() };
  const [next] = await store.changes.list(shop, id, page);
  if (!next) return success(0);
  const { code } = next;
  const problem = await whyNotAnew(store, code, clock.now());
  const isAlways = (code.reach ?? "ALWAYS") === "ALWAYS";
  if (problem !== null || isAlways) {
    await store.changes.settle(shop, id, [{ codeId: code.id, problem }], clock.now());
    return success(1);
  }
  const to = { stage: "handing-over", unregisters: true } as const;
  const begun = await store.changes.begin(shop, id, [code.id], to, clock.now());
  return success(begun.length);
}

/** Ends its old registration: impact.com can change neither policy nor start (reference/impact.md, 4). */
export async function endForAnew(ports: Ports, { batch, change }: ChangeRun): Promise<StageResult> {
  const { store, clock } = ports;
  const { shop, id } = batch;
  const page = { stages: ["registering"] as const, limit: ONE, now: clock.now() };
  const [before] = await store.changes.list(shop, id, page);
  if (before) return success(0);
  const [one] = await store.changes.list(shop, id, { ...page, stages: ["handing-over"] });
  if (!one) return success(0);
  if (batch.state === "cancelling" && isForStart(change)) {
    return success(await letGo(ports, batch, CANCELLED));
  }
  const ended = await endOld(ports, one.code);
  const keepsReach = isForStart(change);
  if (ended.ok) await store.changes.registerAnew(shop, id, one.code.id, { keepsReach });
  else if (ended.problem.retry === "later") return ended;
  else await giveUp(ports, id, one.code, ended.problem.message);
  return success(1);
}

const CANCELLED =
  "The batch was cancelled before its turn: its registration begins later than customers can use it.";

/** Registers it at once, so that hardly any time is without a registration, and lets its orders go. */
export async function registerAnew(ports: Ports, { batch }: ChangeRun): Promise<StageResult> {
  const { store, clock } = ports;
  const { shop, id } = batch;
  const page = { stages: ["registering"] as const, limit: ONE, now: clock.now() };
  const [one] = await store.changes.list(shop, id, page);
  if (!one) return success(0);
  const codeId = one.code.id;
  const refused = await tryRegistration(ports, { shop, codeId });
  if (refused) return putOff(ports, id, refused);
  const code = await store.codes.find(shop, codeId);
  if (code?.impactState === "planned" && (await isConnected(store, code))) {
    // Somebody else is at it.
    return success(0);
  }
  const problem = code?.impactState === "failed" ? code.impactProblem : null;
  await store.inTransaction(async (tx) => {
    await tx.changes.settle(shop, id, [{ codeId, problem }], clock.now());
    // A check may have met the old registration.
    if (problem === null) await tx.codeDifferences.removeOfCodes(shop, [one.code.code]);
  });
  return success(1);
}

/** A limit or an outage is waited for; a code that is refused for good ends the batch with it. */
async function putOff(
  ports: Ports,
  batchId: string,
  { code, problem }: { code: Code; problem: ImpactProblem },
): Promise<StageResult> {
  const { store, clock } = ports;
  const { shop, id: codeId, impactAttempts } = code;
  if (problem.retry === "later") {
    const attempts = untoldUntil(ports, problem) ? impactAttempts : impactAttempts + 1;
    const waits = { state: "planned", problem: problem.message, attempts } as const;
    await store.codes.saveImpactState(shop, code, waits, clock.now());
    return failure(problem);
  }
  await saveProblem(ports, code, problem);
  // A first refusal may be our own registration whose answer was lost: the next try asks.
  if (impactAttempts === 0) return success(1);
  const ends = [{ codeId, problem: problem.message }];
  await store.changes.settle(shop, batchId, ends, clock.now());
  return failure({ ...problem, message: stopped(code, problem) });
}

function stopped({ code }: Code, { message }: ImpactProblem): string {
  return `impact.com did not take ${code} again after its registration had ended: ${message} No other code was touched since. Mend this one first, then resume.`;
}

async function isConnected({ connections }: Stores, { shop }: Code): Promise<boolean> {
  return Boolean((await connections.find(shop))?.program);
}

/** Why its registration had better stay: the next one would not stand, or others would end with it. */
async function whyNotAnew(store: Stores, code: Code, now: Date): Promise<string | null> {
  const { shop, partner, familyId, impactPromoCodeId } = code;
  const notLive = whyNotLive(code);
  if (notLive) return notLive;
  if (!partner) return `${code.code} belongs to nobody, so it is not registered.`;
  if (!(await isConnected(store, code))) return notConnected(code.code);
  const owner = await store.partners.find(shop, partner.partnerId);
  if (!owner?.hasContract) {
    return `${partner.name} has no live contract with this program, so impact.com would not take ${code.code} again. Offer one at impact.com, then sync partners.`;
  }
  const discount = await store.discounts.find(shop, code.discountId);
  const { endsAt } = discount ? registrationTerms(code, discount) : { endsAt: now };
  if (endsAt && endsAt <= now) return `${code.code} has ended, so nobody can use it any more.`;
  const isShared =
    familyId !== null ||
    (await store.changes.countSharing(shop, code)) > 0 ||
    (impactPromoCodeId !== null &&
      (await store.changes.isSharedElsewhere(shop, impactPromoCodeId)));
  return isShared
    ? `${code.code} shares its registration at impact.com with other codes, which would end with it.`
    : null;
}
