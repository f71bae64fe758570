import type { ImpactProblem } from "../../ports/impact.ts";
import type { Ports } from "../../ports/ports.ts";
import type { ShopDomain } from "../../ids.ts";
import { isStillChosen } from "../../program/is-still-chosen.ts";
import type { Connection, Program } from "../../program/program.ts";
import type { Result } from "../../result.ts";
import { nextAttemptAt } from "../../retry.ts";
import { takeOver } from "../take-over.ts";
import { MOST_ATTEMPTS } from "../register-code.ts";
import { sendUnsent } from "../send-unsent.ts";
import type { CodeFamily } from "./code-family.ts";
import { expressionOf } from "./family-shape.ts";

/** Longer than all the calls of one registration may take; then another job may take the family. */
const LEASE_MS = 300_000;

interface Whose {
  shop: ShopDomain;
  familyId: string;
}

/**
 * Registers a family to its partner at impact.com, which registers all its live codes and lets the
 * orders that waited for them go. What went wrong is given back and not written down yet.
 */
export async function registerFamily(
  ports: Ports,
  { shop, familyId }: Whose,
): Promise<{ family: CodeFamily; problem: ImpactProblem } | null> {
  const connection = await ports.store.connections.find(shop);
  // Choosing a program queues every family that waits for it.
  if (!connection?.program) return null;
  const now = ports.clock.now();
  const lease = { now, until: new Date(now.getTime() + LEASE_MS) };
  const family = await ports.store.families.claim(shop, familyId, lease);
  if (!family) {
    await comeBackAfterLease(ports, { shop, familyId });
    return null;
  }
  const registered = await register(ports, connection, connection.program, family);
  if (!registered.ok) return { family, problem: registered.problem };
  const { programId } = connection.program;
  await saveRegistered(ports, family, { promoCodeId: registered.value, programId });
  return null;
}

/** Whoever holds the lease may have died with it: then this job is the one that goes on. */
async function comeBackAfterLease({ store }: Ports, { shop, familyId }: Whose): Promise<void> {
  const held = await store.families.find(shop, familyId);
  if (!held?.leaseUntil) return;
  const payload = { shop, familyIds: [familyId] };
  await store.queue.send("register-families", payload, { startAfter: held.leaseUntil });
}

/**
 * impact.com has no idempotency key: after a first try, it is asked before it is told again. Should it
 * not find expressions by their text, which is not documented, it refuses the second one and says so.
 */
async function register(
  ports: Ports,
  { credentials }: Connection,
  { programId }: Program,
  { shape, partner, attempts, createdAt }: CodeFamily,
): Promise<Result<string, ImpactProblem>> {
  const code = expressionOf(shape);
  const { partnerId } = partner;
  const now = ports.clock.now();
  if (attempts > 0) {
    const query = { programId, code, now, priority: "registration" as const };
    const found = await ports.impact.findPromoCode(credentials, query);
    if (!found.ok) return found;
    // One that stands there already can't be made to have begun earlier.
    const during = { startsAt: now, endsAt: null };
    if (found.value) return takeOver(found.value, { code: shape, partnerId, during });
  }
  // Without an end: it stands for codes of several discounts, each of which ends in Shopify.
  const made = await ports.impact.registerPromoCode(credentials, {
    ...{ programId, code, partnerId, matchMode: "expression" as const },
    ...{ startsAt: createdAt, endsAt: null },
  });
  return made.ok ? { ok: true, value: made.value.promoCodeId } : made;
}

async function saveRegistered(
  ports: Ports,
  family: CodeFamily,
  { promoCodeId, programId }: { promoCodeId: string; programId: string },
): Promise<void> {
  const { shop, id } = family;
  const now = ports.clock.now();
  await ports.store.inTransaction(async (tx) => {
    const tried = { ...family, problem: null, attempts: family.attempts + 1 };
    if (!(await isStillChosen(tx, shop, programId))) {
      const isSaved = await tx.families.saveState(shop, { ...tried, state: "planned" }, now);
      if (isSaved) await tx.queue.send("register-families", { shop, familyIds: [id] });
      return;
    }
    const registered = { ...tried, state: "registered", promoCodeId } as const;
    if (!(await tx.families.saveState(shop, registered, now))) return;
    const unsent = await tx.conversions.listUnsentForFamily(shop, { familyId: id });
    await sendUnsent(tx, shop, unsent, now);
  });
}

/** Writes down why a family is not registered, and tries again later what can help. */
export async function saveFamilyProblem(
  ports: Ports,
  family: CodeFamily,
  problem: ImpactProblem,
): Promise<void> {
  const now = ports.clock.now();
  const { attempts, shop, id } = family;
  // A refusal may be our own registration whose answer was lost: the next try asks first.
  const isFinal = attempts > 0 && (problem.retry === "never" || attempts >= MOST_ATTEMPTS);
  const { retryAt: notBefore } = problem;
  const startAfter = nextAttemptAt({ now, attempts, random: ports.random(), notBefore });
  await ports.store.inTransaction(async (tx) => {
    const state = isFinal ? ("failed" as const) : ("planned" as const);
    const tried = { state, problem: problem.message, attempts: attempts + 1 };
    const isSaved = await tx.families.saveState(shop, { ...family, ...tried }, now);
    if (isFinal || !isSaved) return;
    await tx.queue.send("register-families", { shop, familyIds: [id] }, { startAfter });
  });
}
