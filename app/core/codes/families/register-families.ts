import type { ShopDomain } from "../../ids.ts";
import type { Ports } from "../../ports/ports.ts";
import type { JobPayloads } from "../../ports/queue.ts";
import { READ_BACK_FROM, readBackAll, readBackEach, type ToldRegistration } from "../read-back.ts";
import { CODES_PER_JOB } from "../register-codes.ts";
import { expressionOf } from "./family-shape.ts";
import { registerFamily, saveFamilyProblem } from "./register-family.ts";

/** One job lasts no longer; what is left is the next one's. */
const LONGEST_MS = 120_000;

/**
 * Registers families one after the other, until the account's hourly budget is used up: those that
 * are left then wait together, in one job, and ask impact.com nothing meanwhile. Then what impact.com
 * has of all of them is read.
 */
export async function registerFamilies(
  ports: Ports,
  { shop, familyIds }: JobPayloads["register-families"],
): Promise<void> {
  const endsAt = ports.clock.now().getTime() + LONGEST_MS;
  for (const [index, familyId] of familyIds.entries()) {
    const left = { shop, familyIds: familyIds.slice(index) };
    if (ports.clock.now().getTime() > endsAt) {
      return ports.store.queue.send("register-families", left);
    }
    const refused = await registerFamily(ports, { shop, familyId });
    if (!refused) continue;
    const { family, problem } = refused;
    if (problem.kind !== "rate-limited") {
      await saveFamilyProblem(ports, family, problem);
      continue;
    }
    return ports.store.inTransaction(async (tx) => {
      const waits = { ...family, state: "planned", problem: problem.message } as const;
      await tx.families.saveState(shop, waits, ports.clock.now());
      const startAfter = problem.retryAt ?? new Date(endsAt);
      await tx.queue.send("register-families", left, { startAfter });
    });
  }
  await readBack(ports, { shop, familyIds });
}

async function readBack(
  ports: Ports,
  { shop, familyIds }: JobPayloads["register-families"],
): Promise<void> {
  const startAfter =
    familyIds.length < READ_BACK_FROM
      ? await readBackEach(ports, shop, await listTold(ports, { shop, familyIds }))
      : await readBackAll(ports, shop);
  const again = { shop, familyIds: [...familyIds] };
  if (startAfter) await ports.store.queue.send("register-families", again, { startAfter });
}

async function listTold(
  { store }: Ports,
  { shop, familyIds }: JobPayloads["register-families"],
): Promise<ToldRegistration[]> {
  const families = await Promise.all(familyIds.map((id) => store.families.find(shop, id)));
  return families.flatMap((family) => {
    if (family?.state !== "registered" || family.promoCodeId === null) return [];
    const { promoCodeId, shape, partner, createdAt: startsAt } = family;
    const told = { code: expressionOf(shape), isPattern: true, during: { startsAt, endsAt: null } };
    return [{ promoCodeId, partnerId: partner.partnerId, ...told }];
  });
}

/** The jobs that register these families. */
export function familyJobs(
  shop: ShopDomain,
  familyIds: readonly string[],
): { payload: JobPayloads["register-families"] }[] {
  const jobs = [];
  for (let from = 0; from < familyIds.length; from += CODES_PER_JOB) {
    jobs.push({ payload: { shop, familyIds: familyIds.slice(from, from + CODES_PER_JOB) } });
  }
  return jobs;
}
