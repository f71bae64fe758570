import type { Code } from "../codes/discount.ts";
import { registerForOrders } from "../codes/register-for-orders.ts";
import { toSendJobs } from "../conversions/send-jobs.ts";
import type { ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { Connection } from "../program/program.ts";
import { success, type Result } from "../result.ts";
import type { ChangeRun, StageResult } from "./change-codes.ts";
import { notConnected } from "./refuse-code.ts";

/** Read together; fewer are ended where the step's time is over. */
const AT_ONCE = 20;

/** Ends the registrations of codes that are gone from Shopify, one by one; then they are done. */
export async function endAtImpact(
  ports: Ports,
  { batch, stopsAt }: ChangeRun,
): Promise<StageResult> {
  const { store, clock } = ports;
  const { shop, id } = batch;
  const page = { stages: ["ending"] as const, limit: AT_ONCE, now: clock.now() };
  const changes = await store.changes.list(shop, id, page);
  let moved = 0;
  for (const { code } of changes) {
    if (moved > 0 && clock.now() > stopsAt) break;
    const ended = await end(ports, code);
    if (ended.ok) await saveEnded(ports, id, code, ended.value);
    else if (ended.problem.retry === "later") return ended;
    else {
      const { message: problem } = ended.problem;
      await store.changes.settle(shop, id, [{ codeId: code.id, problem }], clock.now());
    }
    moved += 1;
  }
  return success(moved);
}

/** Whether it was registered there. */
async function end(ports: Ports, code: Code): Promise<Result<boolean, ImpactProblem>> {
  if (code.familyId !== null) return leaveFamily(code);
  const connection = await ports.store.connections.find(code.shop);
  if (code.impactState === "registered" && code.impactPromoCodeId) {
    // One registration may stand for many codes: it ends with the last of them.
    if ((await ports.store.changes.countSharing(code.shop, code)) > 0) return success(true);
    if (!connection?.program) return refused(notConnected(code));
    return endOne(ports, connection, code, code.impactPromoCodeId);
  }
  if (!connection?.program) return success(false);
  // Orders may wait for a registration that it never had, or one was made and nobody heard of it.
  const registered = await registerForOrders(ports, connection, connection.program, code);
  if (!registered.ok || registered.value === null)
    return registered.ok ? success(false) : registered;
  return endOne(ports, connection, code, registered.value);
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

/** Its family's registration goes on: it stands for the partner's other codes too. */
function leaveFamily({ code, impactState }: Code): Result<boolean, ImpactProblem> {
  if (impactState !== "planned") return success(impactState === "registered");
  const message = `${code} waits for its family's registration at impact.com, so that orders from before are not lost. It is tried again by itself.`;
  return { ok: false, problem: { kind: "unavailable", retry: "later", message } };
}

function refused(message: string): Result<never, ImpactProblem> {
  return { ok: false, problem: { kind: "refused", retry: "never", message } };
}

/** Orders from before that were not sent yet are covered by what has ended now, or by nothing any more. */
async function saveEnded(
  { store, clock }: Ports,
  batchId: string,
  { shop, id, code }: Code,
  wasRegistered: boolean,
): Promise<void> {
  const now = clock.now();
  await store.inTransaction(async (tx) => {
    await tx.changes.expire(shop, batchId, id, wasRegistered ? now : null, now);
    const unsent = await tx.conversions.listUnsentForCode(shop, code);
    const ready = unsent.filter(({ state }) => state === "ready");
    await tx.queue.sendAll("send-conversion", toSendJobs(shop, ready));
  });
}
