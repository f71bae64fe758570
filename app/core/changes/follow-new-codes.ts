import type { Ports } from "../ports/ports.ts";
import { success } from "../result.ts";
import type { Change } from "./change.ts";
import type { ChangeRun, StageResult } from "./change-codes.ts";

const DAY_MS = 86_400_000;
const AT_ONCE = 1_000;

/** Looks whether new codes are live; from then on the old ones' days of grace are counted. */
export async function followNewCodes(
  ports: Ports,
  { batch, change }: ChangeRun,
): Promise<StageResult> {
  const { store, clock } = ports;
  const { shop, id } = batch;
  const { action } = change;
  if (action.kind !== "rotate") return success(0);
  const page = { stages: ["making"] as const, limit: AT_ONCE, now: clock.now() };
  const changes = await store.changes.list(shop, id, page);
  const live = changes.filter(({ newCode }) => newCode?.shopifyState === "live");
  const dueAt = new Date(clock.now().getTime() + action.graceDays * DAY_MS);
  const codeIds = live.map(({ code }) => code.id);
  await store.changes.move(shop, id, codeIds, { stage: "waiting", dueAt });
  const refused = changes.flatMap((one) => {
    const problem = whyNotMade(one);
    // Tried again, another one is drawn.
    return problem ? [{ codeId: one.code.id, problem, stage: "planned" as const }] : [];
  });
  await store.changes.settle(shop, id, refused, clock.now());
  return success(live.length + refused.length);
}

function whyNotMade({ newCode }: Change): string | null {
  if (!newCode) return "Its new code's batch was cancelled. The old code stays.";
  const { code, shopifyState, shopifyProblem } = newCode;
  if (shopifyState === "retired")
    return `Its new code ${code} was retired meanwhile. The old code stays.`;
  if (shopifyState !== "failed") return null;
  return `Its new code ${code} could not be made, and the old code stays. ${shopifyProblem ?? ""}`.trim();
}
