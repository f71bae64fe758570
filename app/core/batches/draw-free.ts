import { isOfFamily, joinFamilies } from "../codes/families/join-families.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { NewCode } from "../ports/code-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { Drawing } from "./draw-codes.ts";

export interface Wanted {
  partnerId: PartnerId;
  count: number;
}

/** Codes that could not be drawn for a partner, and what to do. */
export interface Undrawn extends Wanted {
  problem: string;
}

export interface DrawnCodes {
  codes: NewCode[];
  undrawn: Undrawn[];
}

/** So often codes may turn out to be the shop's already. */
const TRIES = 20;

/**
 * Codes that neither the shop nor another partner at impact.com has; those that are had are drawn again. Where there is none for one partner, the
 * others get theirs all the same.
 */
export async function drawFree(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
  drawing: Drawing,
  wanted: readonly Wanted[],
): Promise<DrawnCodes> {
  const free = new Map<DiscountCode, NewCode>();
  const unfree = new Set<DiscountCode>();
  /** Whose the partner's codes turned out to be. */
  const whoseOf = new Map<PartnerId, string>();
  const undrawn = new Map<PartnerId, Undrawn>();
  const leaveOut = ({ partnerId, count }: Wanted, problem: string) => {
    const before = undrawn.get(partnerId)?.count ?? 0;
    const why = whoseOf.get(partnerId) ?? problem;
    undrawn.set(partnerId, { partnerId, count: before + count, problem: why });
  };
  let open = [...wanted];
  for (let tries = 0; tries < TRIES && open.length > 0; tries += 1) {
    const drawn = new Map<DiscountCode, NewCode>();
    const isTaken = (code: DiscountCode) => free.has(code) || drawn.has(code) || unfree.has(code);
    for (const one of open) {
      const codes = await drawing.draw(one.partnerId, one.count, isTaken);
      if (!codes.ok) leaveOut(one, codes.problem.message);
      else for (const code of codes.value) drawn.set(code, { code, partnerId: one.partnerId });
    }
    const taken = await store.codes.listTaken(shop, [...drawn.keys()]);
    const { others } = await joinFamilies(store, shop, [...drawn.values()]);
    const theirs = [...drawn.values()].flatMap(({ code, partnerId }) => {
      const why = partnerId && drawing.whyTheirs(code, partnerId);
      if (!why) return [];
      whoseOf.set(partnerId, why);
      return [code];
    });
    for (const { code, family } of others) {
      const partnerId = drawn.get(code)?.partnerId;
      if (partnerId) whoseOf.set(partnerId, isOfFamily(code, family));
    }
    open = [];
    for (const code of new Set([...taken, ...theirs, ...others.map((one) => one.code)])) {
      const again = drawn.get(code);
      drawn.delete(code);
      unfree.add(code);
      if (again) open.push({ partnerId: again.partnerId, count: 1 });
    }
    for (const [code, one] of drawn) free.set(code, one);
  }
  for (const one of open) leaveOut(one, CROWDED);
  return { codes: inTurn([...free.values()], wanted), undrawn: [...undrawn.values()] };
}

/** As many parts from the end as are dropped hold the last codes of the plan. */
function inTurn(codes: readonly NewCode[], wanted: readonly Wanted[]): NewCode[] {
  const turns = new Map(wanted.map(({ partnerId }, turn) => [partnerId, turn]));
  const turnOf = ({ partnerId }: NewCode) => turns.get(partnerId) ?? 0;
  return codes.toSorted((one, other) => turnOf(one) - turnOf(other));
}

const CROWDED =
  "Nearly all codes of this pattern are taken. Make its random part longer, or start the pattern with another word.";
