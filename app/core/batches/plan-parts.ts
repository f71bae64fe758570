import { joinFamilies } from "../codes/families/join-families.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { NewCode } from "../ports/code-stores.ts";
import type { Ports } from "../ports/ports.ts";
import { failure, success, type Result } from "../result.ts";
import { CODES_PER_CALL, type Batch, type CodePlan } from "./batch.ts";
import { createDrawing, type Drawing, type DrawProblem } from "./draw-codes.ts";

/** So many parts are drawn ahead of Shopify in one commit. */
export const PARTS_AHEAD = 8;
/** So often codes may turn out to be the shop's already. */
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
    const drawn = await drawFree(ports, shop, drawing.value, nextOf(plan, most));
    if (!drawn.ok) return drawn;
    const next = { ...plan, drawn: plan.drawn + drawn.value.length };
    const stored = await storeDrawn(ports, { shop, id, discountId }, from, drawn.value, next);
    if (stored) return success(next);
  }
  return failure(CROWDED);
}

/** False where a code was taken since it was drawn, by another batch or by one drawn anew; then nothing is stored. */
async function storeDrawn(
  { store, clock }: PlanPorts,
  { shop, id, discountId }: { shop: ShopDomain; id: string; discountId: string },
  from: number,
  drawn: readonly NewCode[],
  plan: CodePlan,
): Promise<boolean> {
  const undo = new Error("a code was taken meanwhile");
  const stored = store.inTransaction(async (tx) => {
    await tx.families.hold(shop, "adding");
    const joined = await joinFamilies(tx, shop, drawn);
    const codes = partsOf(joined.codes);
    const taken = await tx.batches.addParts(shop, { id, discountId }, { from, codes }, clock.now());
    if (taken.length + joined.others.length > 0) throw undo;
    await tx.batches.savePlan(shop, id, plan);
    return true;
  });
  return stored.catch((error: unknown) => {
    if (error === undo) return false;
    throw error;
  });
}

export interface Wanted {
  partnerId: PartnerId;
  count: number;
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

/** Codes that the shop has not; those it has are drawn again. */
export async function drawFree(
  { store }: PlanPorts,
  shop: ShopDomain,
  drawing: Drawing,
  wanted: readonly Wanted[],
): Promise<Result<NewCode[], DrawProblem>> {
  const free = new Map<DiscountCode, NewCode>();
  let open = [...wanted];
  for (let tries = 0; open.length > 0; tries += 1) {
    if (tries === TRIES) return failure(CROWDED);
    const drawn = new Map<DiscountCode, NewCode>();
    for (const { partnerId, count } of open) {
      const codes = await drawing.draw(
        partnerId,
        count,
        (code) => free.has(code) || drawn.has(code),
      );
      if (!codes.ok) return codes;
      for (const code of codes.value) drawn.set(code, { code, partnerId });
    }
    const taken = await store.codes.listTaken(shop, [...drawn.keys()]);
    const { others } = await joinFamilies(store, shop, [...drawn.values()]);
    const unfree = new Set([...taken, ...others.map(({ code }) => code)]);
    open = [...unfree].flatMap((code) => {
      const again = drawn.get(code);
      drawn.delete(code);
      return again ? [{ partnerId: again.partnerId, count: 1 }] : [];
    });
    for (const [code, one] of drawn) free.set(code, one);
  }
  // As many parts from the end as are dropped hold the last codes of the plan.
  const turns = new Map(wanted.map(({ partnerId }, turn) => [partnerId, turn]));
  const turnOf = ({ partnerId }: NewCode) => turns.get(partnerId) ?? 0;
  return success([...free.values()].toSorted((one, other) => turnOf(one) - turnOf(other)));
}

const CROWDED: DrawProblem = {
  kind: "cannot-draw",
  retry: "never",
  message: "Nearly all codes of this pattern are taken. Make its random part longer.",
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
