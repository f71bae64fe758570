import type { Ports } from "../ports/ports.ts";
import { success } from "../result.ts";
import type { Change, NewCode } from "./change.ts";
import type { ChangeRun, StageResult } from "./change-codes.ts";

const DAY_MS = 86_400_000;
const AT_ONCE = 1_000;

/**
 * Looks whether new codes are live and registered: the old ones earn their partners until then, and
 * their days of grace are counted from then on.
 */
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
  if (changes.length === 0) return success(0);
  const hasProgram = Boolean((await store.connections.find(shop))?.program);
  const live = changes.filter(({ newCode }) => newCode && isReady(newCode, hasProgram));
  const graceEnds = new Date(clock.now().getTime() + action.graceDays * DAY_MS);
  // A code's own end comes before the grace that it would have.
  const endsBefore = ({ code }: Change) => code.endsAt !== null && code.endsAt < graceEnds;
  const whole = live.filter((one) => !endsBefore(one)).map(({ code }) => code.id);
  await store.changes.move(shop, id, whole, { stage: "waiting", dueAt: graceEnds });
  for (const { code } of live.filter(endsBefore)) {
    const dueAt = code.endsAt ?? graceEnds;
    await store.changes.move(shop, id, [code.id], { stage: "waiting", dueAt });
  }
  const refused = changes.flatMap((one) => {
    const problem = whyNotMade(one);
    return problem ? [{ codeId: one.code.id, problem, stage: stageFor(one) }] : [];
  });
  await store.changes.settle(shop, id, refused, clock.now());
  return success(live.length + refused.length);
}

/** Without a program nothing is registered now; choosing one registers all codes. */
function isReady({ shopifyState, impactState }: NewCode, hasProgram: boolean): boolean {
  return shopifyState === "live" && (impactState === "registered" || !hasProgram);
}

/** Tried again, another one is drawn, unless this one can still come. */
function stageFor({ newCode }: Change): "making" | "planned" {
  return newCode?.shopifyState === "planned" || newCode?.shopifyState === "live"
    ? "making"
    : "planned";
}

function whyNotMade({ newCode }: Change): string | null {
  if (!newCode) return "Its new code's batch was cancelled. The old code stays.";
  const { code, shopifyState, shopifyProblem, impactState, impactProblem, stopped } = newCode;
  if (stopped !== null) {
    return `Its new code ${code} is not made: its batch has stopped. The old code stays. ${stopped} Mend that, then try again.`;
  }
  if (shopifyState === "live" && (impactState === "failed" || impactState === "expired")) {
    return `Its new code ${code} works in Shopify, but is not registered at impact.com. The old code stays. ${impactProblem ?? ""}`.trim();
  }
  if (shopifyState === "retired")
    return `Its new code ${code} was retired meanwhile. The old code stays.`;
  if (shopifyState !== "failed") return null;
  return `Its new code ${code} could not be made, and the old code stays. ${shopifyProblem ?? ""}`.trim();
}
