import type { Code } from "../codes/discount.ts";
import type { CodeFamily } from "../codes/families/code-family.ts";
import { endFamily } from "../codes/families/end-family.ts";
import type { ShopDomain } from "../ids.ts";
import type { ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import type { Connection } from "../program/program.ts";
import { notConnected } from "./refuse-code.ts";
import { saveEnded } from "./save-ended.ts";

interface Leaving {
  shop: ShopDomain;
  batchId: string;
  familyId: string;
  codes: readonly Code[];
}

/**
 * Retired codes leave their family. Its registration goes on while it stands for any other code, and
 * ends with the last one, after which the family is forgotten. Gives what stands in the way.
 */
export async function leaveFamily(ports: Ports, leaving: Leaving): Promise<ImpactProblem | null> {
  const { store, clock } = ports;
  const connection = await store.connections.find(leaving.shop);
  const step = await store.inTransaction((tx) =>
    beginLeaving(tx, leaving, connection, clock.now()),
  );
  if (!step) return null;
  if ("problem" in step) return step.problem;
  const ended = await endFamily(ports, step.connection, step.family);
  if (!ended.ok) return ended.problem;
  await store.inTransaction((tx) => finishLeaving(tx, leaving, step.family, clock.now()));
  return null;
}

type Step = { family: CodeFamily; connection: Connection } | { problem: ImpactProblem } | null;

/**
 * What is left to be done once the other codes were counted, in the turn of those who plan families:
 * nobody joins meanwhile, and of two batches with the last codes one comes second. Null: nothing.
 */
async function beginLeaving(
  tx: Stores,
  leaving: Leaving,
  connection: Connection | null,
  now: Date,
): Promise<Step> {
  const { shop, familyId, codes } = leaving;
  await tx.families.hold(shop, "planning");
  const family = await tx.families.find(shop, familyId);
  if (family?.state === "planned" && connection?.program) return { problem: waits(family) };
  const codeIds = codes.map(({ id }) => id);
  const isLast = (await tx.families.countLeft(shop, familyId, codeIds)) === 0;
  const isToEnd = family && isLast && !(await tx.families.isKeptElsewhere(shop, family));
  if (isToEnd && connection?.program) {
    const begun = await tx.families.beginEnd(shop, familyId);
    if (begun) return { family: begun, connection };
  }
  if (isToEnd && family.promoCodeId !== null) {
    return { problem: { kind: "refused", retry: "never", message: notConnected(family.shape) } };
  }
  await saveLeft(tx, leaving, family, now);
  if (isLast) await tx.families.forget(shop, familyId);
  return null;
}

async function finishLeaving(
  tx: Stores,
  leaving: Leaving,
  family: CodeFamily,
  now: Date,
): Promise<void> {
  await saveLeft(tx, leaving, family, now);
  await tx.families.forget(leaving.shop, family.id);
}

async function saveLeft(
  tx: Stores,
  { batchId, codes }: Leaving,
  family: CodeFamily | null,
  now: Date,
): Promise<void> {
  const wasRegistered = family !== null && family.promoCodeId !== null;
  for (const code of codes) await saveEnded(tx, { batchId, wasRegistered }, code, now);
}

function waits({ shape }: CodeFamily): ImpactProblem {
  const message = `The family ${shape} waits for its registration at impact.com, so that orders from before are not lost. It is tried again by itself.`;
  return { kind: "unavailable", retry: "later", message };
}
