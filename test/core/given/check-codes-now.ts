import { DIFFERENCE_KINDS } from "#app/core/code-differences/code-difference.ts";
import type { CodeDifference } from "#app/core/code-differences/code-difference.ts";
import { repairDifference } from "#app/core/code-differences/repair-difference.ts";
import type { Repair } from "#app/core/code-differences/repairs.ts";
import { startCheck } from "#app/core/code-differences/start-check.ts";
import type { World } from "#test/support/world.ts";

/** Compares all codes with both sides, as the button does, and gives what differs. */
export async function checkCodesNow(world: World): Promise<CodeDifference[]> {
  // What was done a moment ago is not judged yet.
  world.clock.pass(60_000);
  await startCheck(world.ports, world.domain);
  await world.drain();
  const [run] = await world.ports.store.reconciliations.list(world.domain, {
    kind: "codes",
    limit: 1,
  });
  if (run?.state !== "finished") throw new Error(`the run ${run?.state}: ${run?.problem}`);
  return listDifferences(world);
}

export async function listDifferences({ ports, domain }: World): Promise<CodeDifference[]> {
  const lists = DIFFERENCE_KINDS.map((kind) =>
    ports.store.codeDifferences.list(domain, { kind, after: null, limit: 1_000 }),
  );
  return (await Promise.all(lists)).flat();
}

/** What differs, without its details. */
export function inShort(differences: readonly CodeDifference[]): [string, string][] {
  return differences.map(({ kind, subject }) => [kind, subject]);
}

/** Clicks a repair and lets everything that follows from it happen. */
export async function repairNow(
  world: World,
  { kind, subject }: CodeDifference,
  repair: Repair,
): Promise<string | null> {
  const wish = { shop: world.domain, kind, subject, repair };
  const repaired = await repairDifference(world.ports, wish);
  await world.drain();
  return repaired.ok ? null : repaired.problem.message;
}
