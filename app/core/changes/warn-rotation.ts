import type { CodeSelection } from "../codes/code-selection.ts";
import { judgeGuessability } from "../codes/pattern/guessability.ts";
import { parsePattern } from "../codes/pattern/parse-pattern.ts";
import { fullestOf } from "../codes/pattern/shared-spaces.ts";
import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import { rotationSpaces } from "./rotation-spaces.ts";

interface Rotation {
  shop: ShopDomain;
  selection: CodeSelection;
  pattern: string;
}

interface RotationWarning {
  /** Why no codes can be drawn by this pattern, for beside its field. */
  problem: string | null;
  warning: string | null;
}

/**
 * Why the new codes of a rotation would be easily guessed, and what to do; null where they would not,
 * or where the pattern can't be read, which is the problem then. The old codes go, so only those that
 * stay count beside the new ones.
 */
export async function warnRotation(
  ports: Pick<Ports, "store" | "codeMaking" | "clock">,
  { shop, selection, pattern }: Rotation,
): Promise<RotationWarning> {
  // What {VALUE} stands for differs with the discounts of the codes, and is known to whoever guesses.
  const use = { value: "10", codesEach: 1, partners: 1 };
  const parsed = parsePattern(pattern, use, ports.codeMaking);
  if (!parsed.ok) return { problem: parsed.problems[0]?.message ?? null, warning: null };
  const spaces = await rotationSpaces(ports, { shop, selection }, parsed.value);
  const living = await ports.store.families.countFitting(shop, [...spaces.keys()], selection);
  const codesEach = Math.max(1, fullestOf(spaces, living));
  const { verdict, sentence } = judgeGuessability(parsed.value, { codesEach, partners: 1 });
  return { problem: null, warning: verdict === "safe" ? null : sentence };
}
