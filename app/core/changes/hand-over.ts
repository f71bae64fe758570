import { handOverOrders } from "../conversions/hand-over-orders.ts";
import type { Code } from "../codes/discount.ts";
import type { PartnerId } from "../ids.ts";
import type { ImpactProblem } from "../ports/impact.ts";
import type { Trial } from "../ports/change-stores.ts";
import type { Ports } from "../ports/ports.ts";
import { failure, success, type Problem, type Result } from "../result.ts";
import type { Change } from "./change.ts";
import type { ChangeRun, StageResult } from "./change-codes.ts";
import { endOld } from "./end-old.ts";
import { olderOrdersFirst } from "./older-orders.ts";
import { settleAtOnce } from "./refuse-hand-over.ts";

/** Held together: their orders wait until the last of them is given. */
const AT_ONCE = 10;

/**
 * Holds the next codes, once impact.com has been told of their orders so far: from now on their orders
 * wait, so that none is sent between the end of the old registration and what we know of it.
 */
export async function beginHandOver(ports: Ports, run: ChangeRun): Promise<StageResult> {
  const { store, clock } = ports;
  const { batch, change } = run;
  const { shop, id } = batch;
  const { action } = change;
  if (action.kind !== "reassign") return success(0);
  const page = { stages: ["planned"] as const, limit: AT_ONCE, now: clock.now() };
  return store.inTransaction(async (tx): Promise<StageResult> => {
    // Whoever plans a family from now on sees that these are to be another partner's.
    await tx.families.hold(shop, "adding");
    const changes = await tx.changes.list(shop, id, page);
    const codes = changes.map(({ code }) => code);
    const settled = await settleAtOnce(tx, shop, codes, action.partnerId);
    await tx.changes.settle(shop, id, settled, clock.now());
    const isSettled = new Set(settled.map(({ codeId }) => codeId));
    const given = changes.filter(({ code }) => !isSettled.has(code.id));
    const free = await olderOrdersFirst(tx, run, given, clock.now());
    const left = free.map(({ code }) => code);
    const trial = await tx.changes.findTrial(shop, id);
    if (trial.refused && !trial.isPassed && left.length > 0)
      return failure(notTaken(trial.refused));
    const codeIds = mayBegin(left, trial).map((code) => code.id);
    const to = { stage: "handing-over", unregisters: true } as const;
    const begun = await tx.changes.begin(shop, id, codeIds, to, clock.now());
    return success(changes.length - left.length + begun.length);
  });
}

/** Until one has gone through, no other loses a registration that may not be had again. */
function mayBegin(codes: readonly Code[], { isPassed, isUnderWay }: Trial): Code[] {
  if (isPassed) return [...codes];
  const isBound = ({ impactPromoCodeId, impactAttempts }: Code) =>
    impactPromoCodeId !== null || impactAttempts > 0;
  const first = isUnderWay ? undefined : codes.find(isBound);
  return codes.filter((code) => code === first || !isBound(code));
}

/** Whether impact.com takes a code again is not documented (reference/impact.md, 12.2). */
function notTaken({ code, problem }: NonNullable<Trial["refused"]>): Problem<"not-taken-again"> {
  const message = `impact.com did not register ${code} again after its old registration had ended, so no other code was touched. ${problem} Mend that and resume, or cancel, retire the codes and make the new partner others.`;
  return { kind: "not-taken-again", retry: "never", message };
}

/**
 * Ends the old registration, and makes the code the new partner's from the very moment at which
 * impact.com has ended it: so an order at any time is the same partner's on both sides.
 */
export async function handOver(
  ports: Ports,
  { batch, change, stopsAt }: ChangeRun,
): Promise<StageResult> {
  const { store, clock } = ports;
  const { shop, id } = batch;
  const { action } = change;
  if (action.kind !== "reassign") return success(0);
  const page = { stages: ["handing-over"] as const, limit: AT_ONCE, now: clock.now() };
  const changes = await store.changes.list(shop, id, page);
  await pastTheSecond(ports, changes);
  let moved = 0;
  for (const one of changes) {
    if (moved > 0 && clock.now() > stopsAt) break;
    const { code } = one;
    const ended = await endAndReadBack(ports, code);
    if (ended.ok) await give(ports, id, one, action.partnerId, ended.value);
    else if (ended.problem.retry === "later") return ended;
    else await giveUp(ports, id, code, ended.problem.message);
    moved += 1;
  }
  return success(moved);
}

/**
 * Both sides count orders by whole seconds: one that was sent before its code was held must be older
 * than the end of the registration.
 */
async function pastTheSecond({ clock, pause }: Ports, changes: readonly Change[]): Promise<void> {
  const held = changes.map(({ startedAt }) => nextSecond(startedAt ?? clock.now()).getTime());
  const wait = Math.max(...held) - clock.now().getTime();
  if (wait > 0) await pause(wait);
}

function nextSecond(at: Date): Date {
  return new Date(wholeSecond(at).getTime() + 1_000);
}

/** When impact.com ended it; null where it was not registered, or impact.com tells no time. */
async function endAndReadBack(
  ports: Ports,
  code: Code,
): Promise<Result<{ wasRegistered: boolean; endedAt: Date | null }, ImpactProblem>> {
  const ended = await endOld(ports, code);
  if (!ended.ok) return ended;
  const connection = await ports.store.connections.find(code.shop);
  if (ended.value === null || !connection) return success({ wasRegistered: false, endedAt: null });
  const { credentials } = connection;
  const query = { now: ports.clock.now(), priority: "registration" as const };
  const read = await ports.impact.readPromoCode(credentials, ended.value, query);
  if (!read.ok) return read;
  return success({ wasRegistered: true, endedAt: read.value?.endsAt ?? null });
}

async function give(
  ports: Ports,
  batchId: string,
  { code, startedAt }: Change,
  partnerId: PartnerId,
  { wasRegistered, endedAt }: { wasRegistered: boolean; endedAt: Date | null },
): Promise<void> {
  const { store, clock } = ports;
  const { shop, id: codeId } = code;
  // Ended by somebody else long before, it stays the old partner's until it was held.
  const begun = nextSecond(startedAt ?? clock.now());
  const at = endedAt === null ? clock.now() : endedAt > begun ? endedAt : begun;
  await store.inTransaction(async (tx) => {
    await tx.changes.handOver(shop, batchId, codeId, {
      ...{ partnerId, wasRegistered },
      at: wholeSecond(at),
    });
    await tx.queue.send("register-code", { shop, codeId });
  });
  await handOverOrders(ports, { shop, code: code.code });
}

function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1_000) * 1_000);
}

/** It stays the old partner's: its registration is looked up again, and its orders go then. */
export async function giveUp(ports: Ports, batchId: string, { shop, id }: Code, problem: string) {
  await ports.store.inTransaction(async (tx) => {
    const ends = [{ codeId: id, problem, stage: "planned" as const }];
    await tx.changes.settle(shop, batchId, ends, ports.clock.now());
    await tx.queue.send("register-code", { shop, codeId: id });
  });
}
