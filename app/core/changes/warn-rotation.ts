import { judgeGuessability } from "../codes/pattern/guessability.ts";
import { parsePattern } from "../codes/pattern/parse-pattern.ts";
import type { Ports } from "../ports/ports.ts";

/**
 * Why the new codes of a rotation would be easily guessed, and what to do; null where they would not,
 * or where the pattern can't be read, which the form says once it is sent.
 */
export function warnRotation(
  { codeMaking }: Pick<Ports, "codeMaking">,
  { pattern, codes }: { pattern: string; codes: number },
): string | null {
  // What {VALUE} stands for differs with the discounts of the codes, and is known to whoever guesses.
  const parsed = parsePattern(pattern, { value: "10", codesEach: 1, partners: 1 }, codeMaking);
  if (!parsed.ok) return null;
  const use = { codesEach: 1, partners: Math.max(1, codes) };
  const { verdict, sentence } = judgeGuessability(parsed.value, use);
  return verdict === "safe" ? null : sentence;
}
