import type { Code } from "../codes/discount.ts";
import { registerForOrders } from "../codes/register-for-orders.ts";
import { sendUnsent } from "../codes/send-unsent.ts";
import { groupBy } from "../group-by.ts";
import type { ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { Connection } from "../program/program.ts";
import { failure, success, type Result } from "../result.ts";
import type { ChangeRun, StageResult } from "./change-codes.ts";
import { leaveFamily } from "./leave-family.ts";
import { notConnected } from "./refuse-code.ts";
import { nextLook, olderOrdersFirst } from "./older-orders.ts";
import { saveEnded } from "./save-ended.ts";

/** Read together; fewer are ended where the step's time is over. */
const AT_ONCE = 20;

/**
 * Ends the registrations of codes that are gone from Shopify, one by one, and those of families that
 * have no other code left; then they are done. Codes whose orders are still to be reported are put off.
 */
export async function endAtImpact(ports: Ports, run: ChangeRun): Promise<StageResult> {
  const { store, clock } = ports;
  const { batch, stopsAt } = run;
  const { shop, id } = batch;
  const now = batch.state === "cancelling" ? null : clock.now();
  const page = { stages: ["ending"] as const, limit: AT_ONCE, now };
  const changes = await store.changes.list(shop, id, page);
  const free = await olderOrdersFirst(store, run, changes, clock.now());
  let moved = changes.length - free.length;
  for (const [first, ...others] of togetherOf(free.map(({ code }) => code))) {
    if (!first || (moved > 0 && clock.now() > stopsAt)) break;
    const codes = [first, ...others];
    const problem = first.familyId
      ? await leaveFamily(ports, { shop, batchId: id, familyId: first.familyId, codes })
      : await endAlone(ports, id, first);
    if (problem?.retry === "later") return failure(problem);
    if (problem) {
      const ends = codes.map((code) => ({ codeId: code.id, problem: problem.message }));
      await store.changes.settle(shop, id, ends, clock.now());
    }
    moved += codes.length;
  }
  return success(moved);
}

/** Codes of one family leave it together. */
function togetherOf(codes: readonly Code[]): Code[][] {
  return [...groupBy(codes, ({ id, familyId }) => familyId ?? id).values()];
}

async function endAlone(ports: Ports, batchId: string, code: Code): Promise<ImpactProblem | null> {
  const ended = await end(ports, batchId, code);
  if (!ended.ok) return ended.problem;
  const wasRegistered = ended.value;
  if (wasRegistered === "put off") return null;
  const { store, clock } = ports;
  await store.inTransaction((tx) => saveEnded(tx, { batchId, wasRegistered }, code, clock.now()));
  return null;
}

/** Whether it was registered there. */
async function end(
  ports: Ports,
  batchId: string,
  code: Code,
): Promise<Result<boolean | "put off", ImpactProblem>> {
  const connection = await ports.store.connections.find(code.shop);
  if (code.impactState === "registered" && code.impactPromoCodeId) {
    // One registration may stand for many codes: it ends with the last of them.
    if ((await ports.store.changes.countSharing(code.shop, code)) > 0) return success(true);
    if (!connection?.program) return refused(notConnected(code.code));
    return endOne(ports, connection, code, code.impactPromoCodeId);
  }
  if (!connection?.program) return success(false);
  // Orders may wait for a registration that it never had, or one was made and nobody heard of it.
  const registered = await registerForOrders(ports, connection, connection.program, code);
  if (!registered.ok || registered.value === null)
    return registered.ok ? success(false) : registered;
  if (await goesFirst(ports, batchId, code, registered.value)) return success("put off");
  return endOne(ports, connection, code, registered.value);
}

/** Whether orders wait for that registration: they go now, and then it ends. */
async function goesFirst(
  { store, clock }: Ports,
  batchId: string,
  code: Code,
  promoCodeId: string,
): Promise<boolean> {
  const { shop, id: codeId, impactAttempts } = code;
  const now = clock.now();
  return store.inTransaction(async (tx) => {
    const unsent = await tx.conversions.listUnsentForCode(shop, code.code);
    if (unsent.length === 0) return false;
    const told = { problem: null, promoCodeId, attempts: impactAttempts + 1 };
    const registered = { state: "registered" as const, ...told };
    if (!(await tx.codes.saveImpactState(shop, code, registered, now))) return false;
    await sendUnsent(tx, shop, unsent, now);
    const nextAt = nextLook({ ordersSince: null }, now);
    await tx.changes.putOff(shop, batchId, [{ codeId, orders: unsent.length, nextAt }], now);
    return true;
  });
}

/** Another shop's code keeps it: then it ends with that. */
async function endOne(
  { store, impact }: Ports,
  { credentials }: Connection,
  { shop }: Code,
  promoCodeId: string,
): Promise<Result<true, ImpactProblem>> {
  if (await store.changes.isSharedElsewhere(shop, promoCodeId)) return success(true);
  const ended = await impact.endPromoCode(credentials, promoCodeId);
  return ended.ok ? success(true) : ended;
}

function refused(message: string): Result<never, ImpactProblem> {
  return { ok: false, problem: { kind: "refused", retry: "never", message } };
}
