import type { ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import { isStillChosen } from "../program/is-still-chosen.ts";
import type { Connection, Program } from "../program/program.ts";
import { failure, success, type Result } from "../result.ts";
import { nextAttemptAt } from "../retry.ts";
import type { Code, Discount } from "./discount.ts";
import { untoldUntil } from "./goes-on-at.ts";
import { leaveEnded } from "./leave-ended.ts";
import { readBackEach } from "./read-back.ts";
import { spellingOf } from "./registered-as.ts";
import { registrationTerms, startToCome } from "./registration-terms.ts";
import { sendUnsent } from "./send-unsent.ts";
import { takeStanding, type Registered } from "./take-standing.ts";
import { hasEnded } from "./why-ended.ts";

/** About a week of a try each hour: by then only the merchant can help. */
export const MOST_ATTEMPTS = 200;

/** Twice as long as the two calls of one registration may take; then another job may take the code. */
const LEASE_MS = 120_000;

/** Of a code that has ended, for its orders: impact.com takes no end that is past, and then it ends by itself. */
const FOR_ORDERS_MS = 86_400_000;

/**
 * Registers one live code to its partner at impact.com, lets the orders that waited for it go, and
 * reads what impact.com has then.
 * impact.com has no idempotency key: after a first try, it is asked before it is told again.
 */
export async function registerCode(
  ports: Ports,
  payload: JobPayloads["register-code"],
): Promise<void> {
  const refused = await tryRegistration(ports, payload);
  if (refused) return void (await saveProblem(ports, refused.code, refused.problem));
  const { shop, codeId } = payload;
  const told = await ports.store.seenCodes.listTold(shop, [codeId]);
  const again = await readBackEach(ports, shop, told);
  if (!again) return;
  const { startAfter } = again;
  await ports.store.queue.send("register-code", payload, { startAfter });
}

/** The same without writing down what went wrong, which is given back with the code. */
export async function tryRegistration(
  ports: Ports,
  { shop, codeId }: JobPayloads["register-code"],
): Promise<{ code: Code; problem: ImpactProblem } | null> {
  const code = await ports.store.codes.find(shop, codeId);
  if (!code || code.impactState === "registered" || code.shopifyState !== "live") return null;
  if (code.familyId !== null) {
    await ports.store.queue.send("register-families", { shop, familyIds: [code.familyId] });
    return null;
  }
  const connection = await ports.store.connections.find(shop);
  // Choosing a program queues every code that waits for it.
  if (!connection?.program || !code.partner) return null;

  const now = ports.clock.now();
  const lease = { now, until: new Date(now.getTime() + LEASE_MS) };
  const claimed = await ports.store.codes.claimForRegistration(shop, codeId, lease);
  if (!claimed) {
    await comeBackAfterLease(ports, { shop, codeId });
    return null;
  }
  const discount = await ports.store.discounts.find(shop, claimed.discountId);
  if (!discount) throw new Error(`code ${codeId} has no discount`);
  if (await leaveEnded(ports, claimed, registrationTerms(claimed, discount).endsAt)) return null;
  const registered = await register(ports, connection, connection.program, { claimed, discount });
  if (!registered.ok) return { code: claimed, problem: registered.problem };
  const { programId } = connection.program;
  await saveRegistered(ports, claimed, { ...registered.value, programId });
  return null;
}

/** Whoever holds the lease may have died with it: then this job is the one that goes on. */
async function comeBackAfterLease(
  { store }: Ports,
  payload: JobPayloads["register-code"],
): Promise<void> {
  const held = await store.codes.find(payload.shop, payload.codeId);
  if (!held?.leaseUntil) return;
  await store.queue.send("register-code", payload, { startAfter: held.leaseUntil });
}

async function register(
  ports: Ports,
  connection: Connection,
  program: Program,
  { claimed: code, discount }: { claimed: Code; discount: Discount },
): Promise<Result<Registered, ImpactProblem>> {
  const { credentials } = connection;
  if (!code.partner) throw new Error(`code ${code.id} has no partner`);
  const { partnerId } = code.partner;
  const { startsAt, endsAt, reach } = registrationTerms(code, discount);
  const now = ports.clock.now();
  if (code.impactAttempts > 0) {
    const query = {
      programId: program.programId,
      code: spellingOf(code),
      now,
      priority: "registration" as const,
    };
    const found = await ports.impact.findPromoCode(credentials, query);
    if (!found.ok) return found;
    if (found.value) return takeStanding(found.value, { code, discount }, now);
  }
  const made = await ports.impact.registerPromoCode(credentials, {
    programId: program.programId,
    code: spellingOf(code),
    partnerId,
    ...{ startsAt, reach },
    endsAt: hasEnded(endsAt, now) ? new Date(now.getTime() + FOR_ORDERS_MS) : endsAt,
  });
  const registeredFrom = startToCome(startsAt, now);
  if (made.ok) return success({ ...made.value, registeredAs: code.registeredAs, registeredFrom });
  const { problem } = made;
  const isRefused = problem.kind === "refused" && code.impactAttempts > 0;
  return isRefused ? failure({ ...problem, message: `${problem.message} ${WAY_OUT}` }) : made;
}

/** Whether it takes a code again whose registration has ended is not documented (reference/impact.md, 12.2). */
const WAY_OUT =
  "If impact.com takes no code a second time, rotate it: then its partner gets another one.";

async function saveRegistered(
  ports: Ports,
  code: Code,
  { programId, ...registered }: Registered & { programId: string },
): Promise<void> {
  const now = ports.clock.now();
  await ports.store.inTransaction(async (tx) => {
    const told = { problem: null, attempts: code.impactAttempts + 1 };
    if (!(await isStillChosen(tx, code.shop, programId))) {
      const isSaved = await tx.codes.saveImpactState(
        code.shop,
        code,
        { state: "planned", ...told },
        now,
      );
      if (isSaved) await tx.queue.send("register-code", { shop: code.shop, codeId: code.id });
      return;
    }
    const state = { state: "registered", ...registered, ...told } as const;
    // Another partner's by now, maybe: whoever took it since has asked what we have registered.
    if (!(await tx.codes.saveImpactState(code.shop, code, state, now))) return;
    const unsent = await tx.conversions.listUnsentForCode(code.shop, code.code);
    await sendUnsent(tx, code.shop, unsent, now);
  });
}

/**
 * Writes down why a code is not registered, and tries again later what can help. Having to wait for
 * the hour's limit, or for impact.com to be back, is no failed try. One of a list comes back as a list
 * of its own, which reads the whole batch where it is the last of it. Gives whether it comes back.
 */
export async function saveProblem(
  ports: Ports,
  code: Code,
  problem: ImpactProblem,
  ofList?: Pick<JobPayloads["register-codes"], "turn">,
): Promise<boolean> {
  const now = ports.clock.now();
  const { impactAttempts: attempts, shop, id: codeId } = code;
  const untold = untoldUntil(ports, problem);
  // A refusal may be our own registration whose answer was lost: the next try asks first.
  const isFinal =
    !untold && attempts > 0 && (problem.retry === "never" || attempts >= MOST_ATTEMPTS);
  const startAfter = untold ?? nextAttemptAt({ now, attempts, random: ports.random() });
  return ports.store.inTransaction(async (tx) => {
    const state = {
      state: isFinal ? ("failed" as const) : ("planned" as const),
      problem: problem.message,
      attempts: untold ? attempts : attempts + 1,
    };
    const isSaved = await tx.codes.saveImpactState(shop, code, state, now);
    if (!isSaved || isFinal) return false;
    if (ofList) {
      const { turn } = ofList;
      await tx.queue.send(
        "register-codes",
        { shop, codeIds: [codeId], turn },
        { startAfter, turn },
      );
    } else await tx.queue.send("register-code", { shop, codeId }, { startAfter });
    return true;
  });
}
