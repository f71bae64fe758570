import { isTurnOver } from "../../batches/turn.ts";
import type { ShopDomain } from "../../ids.ts";
import type { ImpactProblem } from "../../ports/impact.ts";
import type { Ports } from "../../ports/ports.ts";
import type { JobOptions, JobPayloads } from "../../ports/queue.ts";
import { othersGoOnAt, untoldUntil } from "../goes-on-at.ts";
import { listsInTurn } from "../of-many.ts";
import { READ_BACK_FROM, readBackAll, readBackEach, type ToldRegistration } from "../read-back.ts";
import type { CodeFamily } from "./code-family.ts";
import { expressionOf } from "./family-shape.ts";
import { registerFamily, saveFamilyProblem } from "./register-family.ts";

/**
 * Registers families one after the other, until the account's hourly budget is used up or impact.com
 * does not answer: those that are left then wait together, in one job, and ask impact.com nothing
 * meanwhile. Then what impact.com has of all of them is read.
 */
export async function registerFamilies(
  ports: Ports,
  { shop, familyIds, done = [], turn }: JobPayloads["register-families"],
): Promise<void> {
  const since = ports.clock.now();
  const asking = turn === undefined ? ports : { ...ports, impact: ports.impact.ofMany() };
  const toRead = [...done];
  for (const [index, familyId] of familyIds.entries()) {
    const from = (next: number) => ({ shop, familyIds: familyIds.slice(next), done: toRead, turn });
    if (await isTurnOver(ports, "register-families", since)) {
      return ports.store.queue.send("register-families", from(index), { turn });
    }
    const refused = await registerFamily(asking, { shop, familyId });
    if (!refused) {
      toRead.push(familyId);
      continue;
    }
    const { family, problem } = refused;
    const untold = untoldUntil(ports, problem);
    if (untold) return putOff(ports, from(index), untold, refused);
    await saveFamilyProblem(ports, family, problem);
    const startAfter = othersGoOnAt(ports, problem);
    const others = from(index + 1);
    if (startAfter && others.familyIds.length > 0) return putOff(ports, others, startAfter);
  }
  await readBack(ports, { shop, familyIds: toRead, turn });
}

/** `untold`: the one of which impact.com was told nothing, which was no try of it. */
async function putOff(
  { store, clock }: Ports,
  left: JobPayloads["register-families"],
  startAfter: Date,
  untold?: { family: CodeFamily; problem: ImpactProblem },
): Promise<void> {
  const { shop, turn } = left;
  await store.inTransaction(async (tx) => {
    if (untold) {
      const { family, problem } = untold;
      const waits = { ...family, state: "planned", problem: problem.message } as const;
      await tx.families.saveState(shop, waits, clock.now());
    }
    if (turn !== undefined) await tx.queue.putOff("register-families", shop, startAfter);
    await tx.queue.send("register-families", left, { startAfter, turn });
  });
}

async function readBack(
  ports: Ports,
  { shop, familyIds, turn }: JobPayloads["register-families"],
): Promise<void> {
  const again =
    familyIds.length < READ_BACK_FROM
      ? await readEach(ports, { shop, familyIds })
      : { done: familyIds, startAfter: await readBackAll(ports, shop) };
  if (!again?.startAfter) return;
  const { done, startAfter } = again;
  const left = { shop, familyIds: [], done, turn };
  await ports.store.queue.send("register-families", left, { startAfter, turn });
}

/** Gives what is left of these, and when to come back for it. */
async function readEach(
  ports: Ports,
  { shop, familyIds }: JobPayloads["register-families"],
): Promise<{ done: string[]; startAfter: Date } | null> {
  const told = await listTold(ports, { shop, familyIds });
  const again = await readBackEach(ports, shop, told);
  if (!again) return null;
  return { done: again.left.map(({ familyId }) => familyId), startAfter: again.startAfter };
}

async function listTold(
  { store }: Ports,
  { shop, familyIds }: JobPayloads["register-families"],
): Promise<(ToldRegistration & { familyId: string })[]> {
  const families = await Promise.all(familyIds.map((id) => store.families.find(shop, id)));
  return families.flatMap((family) => {
    if (family?.state !== "registered" || family.promoCodeId === null) return [];
    const { promoCodeId, shape, partner, createdAt: startsAt } = family;
    const told = { code: expressionOf(shape), isPattern: true, during: { startsAt, endsAt: null } };
    return [{ familyId: family.id, promoCodeId, partnerId: partner.partnerId, ...told }];
  });
}

/** The jobs that register these families. */
export function familyJobs(
  shop: ShopDomain,
  familyIds: readonly string[],
): { payload: JobPayloads["register-families"]; options: JobOptions }[] {
  return listsInTurn(familyIds).map(({ ids, turn }) => ({
    payload: { shop, familyIds: ids, turn },
    options: { turn },
  }));
}
