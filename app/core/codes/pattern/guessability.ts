import type { Pattern, PatternUse } from "./pattern.ts";
import { codesInSpace, growthTo, randomLength, randomSpace } from "./random-space.ts";
import { sayNumber } from "./say-number.ts";

export interface Guessability {
  /** That one guess by somebody who knows the pattern and the partner's name hits a code; in (0, 1]. */
  chance: number;
  /** Guesses until the first hit, on average, where none is made twice. */
  expectedGuesses: number;
  verdict: "safe" | "weak" | "open";
  /** "1 in 64 million" */
  odds: string;
  /** Says what the odds are and, unless they are safe, what to do. */
  sentence: string;
}

/**
 * Shopify publishes no limit on codes tried at checkout; taken is one try a second, day and night.
 * Then 1 in a million holds for over eleven days of it, which no shop overlooks.
 */
const SAFE_FROM = 1_000_000;

/** At the same pace a hit within three hours: nobody need notice. */
const WEAK_FROM = 10_000;

/** How easily codes of a pattern are guessed once `codesEach` of them live for each partner. */
export function judgeGuessability(pattern: Pattern, use: PatternUse): Guessability {
  const space = randomSpace(pattern);
  const codes = Math.min(space, Math.max(1, codesInSpace(pattern, use)));
  const oneIn = space / codes;
  const verdict = oneIn >= SAFE_FROM ? "safe" : oneIn >= WEAK_FROM ? "weak" : "open";
  return {
    chance: codes / space,
    expectedGuesses: (space + 1) / (codes + 1),
    verdict,
    odds: `1 in ${sayNumber(oneIn)}`,
    sentence: explain(pattern, { verdict, oneIn, codes }),
  };
}

function explain(
  pattern: Pattern,
  { verdict, oneIn, codes }: { verdict: Guessability["verdict"]; oneIn: number; codes: number },
): string {
  if (randomLength(pattern) === 0) {
    return "Whoever knows one of these codes can work out the others. Add a random part, such as {RANDOM:6}.";
  }
  const odds = `1 guess in ${sayNumber(oneIn)} hits a code.`;
  if (verdict === "safe") return odds;
  return `${odds} Make the random part ${growthTo(pattern, SAFE_FROM * codes)} longer.`;
}
