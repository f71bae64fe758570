import { codesOfOthers } from "../batches/check-families.ts";
import { normalizeCode } from "../codes/code-text.ts";
import type { CodeSelection } from "../codes/code-selection.ts";
import type { Pattern } from "../codes/pattern/pattern.ts";
import { randomLength } from "../codes/pattern/random-space.ts";
import type { Spaces } from "../codes/pattern/shared-spaces.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Stores } from "../ports/store.ts";
import type { ChangeAction } from "./change.ts";
import { listRotated } from "./rotation-spaces.ts";

/** What {VALUE} stands for differs with the discounts of the codes. */
export const ROTATED = { value: "10", codesEach: 1, partners: 1 };

/**
 * Without a random part a code has one successor, which must not be there yet, as the old one is. Says
 * which are, and what to do; null where none is.
 */
export async function whyTaken(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
  pattern: Pattern,
  spaces: Spaces,
): Promise<string | null> {
  if (randomLength(pattern) > 0) return null;
  const taken = await store.codes.listTaken(shop, [...spaces.keys()].map(normalizeCode));
  const [first] = taken;
  if (first === undefined) return null;
  const more = taken.length > 1 ? ` and ${(taken.length - 1).toLocaleString("en")} more` : "";
  return `By this pattern the new codes would be ${first}${more}, which you have already. Add a random part, such as {RANDOM:6}, or another word.`;
}

/** Why new codes of a rotation would be credited to other partners; null where they would not. */
export async function codesInTheWay(
  { store, codeMaking, clock }: Pick<Ports, "store" | "codeMaking" | "clock">,
  tx: Stores,
  { shop, selection }: { shop: ShopDomain; selection: CodeSelection },
  action: ChangeAction,
): Promise<string | null> {
  if (action.kind !== "rotate") return null;
  const rotated = await listRotated({ store, codeMaking, clock }, { shop, selection });
  const partners = rotated.map(({ partner }) => partner);
  await tx.families.hold(shop, "adding");
  const { pattern } = action;
  return codesOfOthers({ tx, codeMaking }, { shop, pattern, use: ROTATED, partners });
}
