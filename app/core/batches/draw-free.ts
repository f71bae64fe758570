import { joinFamilies, sayOthers } from "../codes/families/join-families.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { NewCode } from "../ports/code-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { Reach } from "../uploads/reach.ts";
import type { Drawing } from "./draw-codes.ts";

export interface Wanted {
  partnerId: PartnerId;
  count: number;
  /** ALWAYS unless told. */
  reach?: Reach | null;
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

/** For whom, and for which orders: what one can't have, another may. */
export function wishOf({ partnerId, reach }: Pick<NewCode, "partnerId" | "reach">): string {
  return `${partnerId} ${reach ?? "ALWAYS"}`;
}

/**
 * Codes that neither the shop nor another partner at impact.com has, and that no family would earn
 * otherwise; those that are had are drawn again. Where there is none for one partner, the others get
 * theirs all the same.
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
  const whoseOf = new Map<string, string>();
  const undrawn = new Map<string, Undrawn>();
  const leaveOut = ({ count, ...one }: Wanted, problem: string) => {
    const wish = wishOf(one);
    const before = undrawn.get(wish)?.count ?? 0;
    const why = whoseOf.get(wish) ?? problem;
    undrawn.set(wish, { ...one, count: before + count, problem: why });
  };
  let open = [...wanted];
  for (let tries = 0; tries < TRIES && open.length > 0; tries += 1) {
    const drawn = new Map<DiscountCode, NewCode>();
    const isTaken = (code: DiscountCode) => free.has(code) || drawn.has(code) || unfree.has(code);
    for (const one of open) {
      const { count, ...wish } = one;
      const codes = await drawing.draw(one.partnerId, count, isTaken);
      if (!codes.ok) leaveOut(one, codes.problem.message);
      else for (const code of codes.value) drawn.set(code, { code, ...wish });
    }
    const taken = await store.codes.listTaken(shop, [...drawn.keys()]);
    const { others } = await joinFamilies(store, shop, [...drawn.values()]);
    const theirs = [...drawn.values()].flatMap((one) => {
      const why = drawing.whyTheirs(one.code, one.partnerId);
      if (!why) return [];
      whoseOf.set(wishOf(one), why);
      return [one.code];
    });
    for (const other of others) {
      const one = drawn.get(other.code);
      if (one) whoseOf.set(wishOf(one), sayOthers(other));
    }
    open = [];
    for (const code of new Set([...taken, ...theirs, ...others.map((one) => one.code)])) {
      const again = drawn.get(code);
      drawn.delete(code);
      unfree.add(code);
      if (!again) continue;
      const { partnerId, reach } = again;
      open.push({ partnerId, count: 1, ...(reach && { reach }) });
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
