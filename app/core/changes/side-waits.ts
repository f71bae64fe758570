import type { Batch } from "../batches/batch.ts";
import type { ChangeCounts } from "../ports/change-stores.ts";
import type { Problem } from "../result.ts";
import type { ChangeKind, ChangeStage } from "./change.ts";

/** Where a stage of a change has its work; "here" is what other batches and jobs do. */
export type Side = "shopify" | "impact" | "here";

/** Sides that can't go on for now, and why. */
export type Waits = Map<Side, Problem>;

/** A batch with what stands in the way of one side of it. */
export function waitingFor(
  { batch, kind }: { batch: Batch; kind: ChangeKind },
  waits: Waits,
): Batch {
  const [wait] = waits;
  if (!wait) return { ...batch, problem: null };
  const [side, { message }] = wait;
  const says = isImpacts(kind) ? "" : SAYS[side];
  return { ...batch, problem: `${says}${message}` };
}

const SAYS: Record<Side, string> = {
  shopify: "Shopify's side waits. ",
  impact: "Only impact.com's side waits, codes are taken out of Shopify all the same. ",
  here: "",
};

/** Whether a side that can go on has anything to do, and how many changes somebody else is at work on. */
export function atWork(
  { open, putOff }: Pick<ChangeCounts, "open" | "putOff">,
  kind: ChangeKind,
  waits: Waits,
): { isActive: boolean; others: number } {
  const going = { ...open };
  going[isImpacts(kind) ? "planned" : "ending"] -= putOff.codes;
  for (const side of waits.keys()) {
    for (const stage of stagesOf(side, kind)) going[stage] = 0;
  }
  const { planned, retiring, removing, ending, making, registering } = going;
  const active = planned + retiring + removing + ending + going["handing-over"];
  return { isActive: active > 0, others: making + registering };
}

function stagesOf(side: Side, kind: ChangeKind): ChangeStage[] {
  if (side === "shopify") return ["retiring", "removing"];
  if (side === "here") return ["planned", "making"];
  return isImpacts(kind) ? ["planned", "handing-over", "registering"] : ["ending"];
}

/** Nothing of it is done in Shopify. */
function isImpacts(kind: ChangeKind): boolean {
  return kind === "reassign" || kind === "register-anew";
}
