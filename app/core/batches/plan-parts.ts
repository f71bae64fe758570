import { joinFamilies } from "../codes/families/join-families.ts";
import type { ShopDomain } from "../ids.ts";
import type { NewCode } from "../ports/code-stores.ts";
import type { Ports } from "../ports/ports.ts";
import { failure, success, type Result } from "../result.ts";
import { CODES_PER_CALL, type Batch, type CodePlan } from "./batch.ts";
import { createDrawing, type DrawProblem } from "./draw-codes.ts";
import { drawFree, type Wanted } from "./draw-free.ts";
import { goOn } from "./left-out.ts";

/** So many parts are drawn ahead of Shopify in one commit. */
export const PARTS_AHEAD = 8;
/** So often other batches may take a code between its drawing and its storing. */
const TRIES = 20;

type PlanPorts = Pick<Ports, "store" | "clock" | "codeMaking">;

/** The plan of a batch of which codes are still to be drawn. */
export function unfinishedPlan({ plan }: Pick<Batch, "plan">): CodePlan | null {
  if (!plan || plan.isDrawnElsewhere) return null;
  return plan.drawn < plan.partnerIds.length * plan.codesEach ? plan : null;
}

/**
 * Draws a batch's next codes and stores them as parts, in one commit with how far the plan has come.
 * The first part is one code, which the discount itself is made with.
 */
export async function planParts(
  ports: PlanPorts,
  { shop, id, discountId }: Batch,
  plan: CodePlan,
): Promise<Result<CodePlan, DrawProblem>> {
  const drawing = createDrawing(ports, shop, plan);
  if (!drawing.ok) return drawing;
  if (discountId === null) throw new Error(`batch ${id} draws codes for no discount`);
  const from = await ports.store.batches.countParts(shop, id);
  const most = from === 0 ? 1 : PARTS_AHEAD * CODES_PER_CALL;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const wanted = nextOf(plan, most);
    const { codes, undrawn } = await drawFree(ports, shop, drawing.value, wanted);
    const next = goOn(plan, wanted, undrawn);
    const plans = { before: plan, next };
    const stored = await storeDrawn(ports, { shop, id, discountId }, { from, codes, plans });
    if (stored) return success(next);
  }
  return failure(OVERTAKEN);
}

/** False where a code was taken since it was drawn, by another batch or by one drawn anew; then nothing is stored. */
async function storeDrawn(
  { store, clock }: PlanPorts,
  { shop, id, discountId }: { shop: ShopDomain; id: string; discountId: string },
  drawn: { from: number; codes: readonly NewCode[]; plans: { before: CodePlan; next: CodePlan } },
): Promise<boolean> {
  const { from, plans } = drawn;
  const undo = new Error("a code was taken meanwhile");
  const stored = store.inTransaction(async (tx) => {
    await tx.families.hold(shop, "adding");
    const joined = await joinFamilies(tx, shop, drawn.codes);
    const codes = partsOf(joined.codes);
    const taken = await tx.batches.addParts(shop, { id, discountId }, { from, codes }, clock.now());
    if (taken.length + joined.others.length > 0) throw undo;
    // A worker that stood still while others went on would draw what they have drawn.
    if (!(await tx.batches.advancePlan(shop, id, plans))) throw new Error(`${id} was taken over`);
    return true;
  });
  return stored.catch((error: unknown) => {
    if (error === undo) return false;
    throw error;
  });
}

/** Whose turn it is, and for how many codes. */
function nextOf({ partnerIds, codesEach, drawn }: CodePlan, most: number): Wanted[] {
  const wanted: Wanted[] = [];
  const end = Math.min(drawn + most, partnerIds.length * codesEach);
  for (let at = drawn; at < end;) {
    const turn = Math.floor(at / codesEach);
    const count = Math.min(end, (turn + 1) * codesEach) - at;
    const partnerId = partnerIds[turn];
    if (partnerId) wanted.push({ partnerId, count });
    at += count;
  }
  return wanted;
}

const OVERTAKEN: DrawProblem = {
  kind: "cannot-draw",
  retry: "later",
  message: "Other batches take codes of this pattern at the same time.",
};

/** The parts that follow `from` others; the very first is one code, which the discount itself is made with. */
export function partsFrom(from: number, codes: readonly NewCode[]): NewCode[][] {
  if (from > 0 || codes.length === 0) return partsOf(codes);
  return [codes.slice(0, 1), ...partsOf(codes.slice(1))];
}

/** Codes in the order given, as many to a part as one call takes. */
export function partsOf(codes: readonly NewCode[]): NewCode[][] {
  const parts: NewCode[][] = [];
  for (let from = 0; from < codes.length; from += CODES_PER_CALL) {
    parts.push(codes.slice(from, from + CODES_PER_CALL));
  }
  return parts;
}
