import { randomUUID } from "node:crypto";
import { changeCodes } from "#app/core/changes/change-codes.ts";
import { startChange, type ChangeForm } from "#app/core/changes/start-change.ts";
import type { PartnerId } from "#app/core/ids.ts";
import type { World } from "#test/support/world.ts";
import { codeOf } from "./world-with-codes.ts";

type Choice = Pick<ChangeForm, "kind"> & Partial<Omit<ChangeForm, "shop">>;

/** A batch that changes these codes, as the merchant's form starts it; its job is queued. */
export async function startChanging(
  world: World,
  texts: string[],
  choice: Choice,
): Promise<string> {
  const codes = await Promise.all(texts.map((text) => codeOf(world, text)));
  const answer = await startChange(world.ports, {
    ...{ shop: world.domain, draftKey: randomUUID(), startsAt: null, partnerId: null },
    ...{ pattern: "{FIRST}-{RANDOM:6}", graceDays: "0" },
    selection: { kind: "picked", codeIds: codes.map(({ id }) => id) },
    ...choice,
  });
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
  return answer.batchId;
}

const MOST_RUNS = 60;

/** Runs the batch as its jobs would, an hour apart, until it has ended. */
export async function runChanges(world: World, batchId: string): Promise<void> {
  const { ports, domain: shop, clock } = world;
  for (let runs = 0; runs < MOST_RUNS; runs += 1) {
    await changeCodes(ports, { shop, batchId });
    const batch = await ports.store.batches.find(shop, batchId);
    if (batch?.state !== "running" && batch?.state !== "cancelling") return;
    clock.pass(3_600_000);
  }
  throw new Error("The batch never ends.");
}

/** How a change batch stands, in few words. */
export async function standOf({ ports, prisma, domain: shop }: World, batchId: string) {
  const batch = await ports.store.batches.find(shop, batchId);
  const changes = await prisma.change.findMany({ where: { batchId } });
  const count = (state: string) => changes.filter((change) => change.state === state).length;
  return {
    batch: batch?.state,
    ...{ open: count("open"), done: count("done"), failed: count("failed") },
    dropped: count("dropped"),
  };
}

export const BEN = "10002" as PartnerId;
export const ANNA = "10001" as PartnerId;
