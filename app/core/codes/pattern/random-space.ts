import { ALPHABET } from "./alphabet.ts";
import type { Pattern, PatternUse } from "./pattern.ts";

/** Characters in all random parts together. */
export function randomLength({ tokens }: Pattern): number {
  return tokens.reduce((sum, token) => sum + (token.kind === "random" ? token.length : 0), 0);
}

/** How many codes differ by their random part alone: 1 without one. */
export function randomSpace(pattern: Pattern): number {
  return ALPHABET.length ** randomLength(pattern);
}

/** Whether a partner's codes hold something of the partner. */
export function namesPartner({ tokens }: Pattern): boolean {
  return tokens.some(({ kind }) => kind === "first" || kind === "last" || kind === "id");
}

/** Codes that differ by their random part alone: one partner's, or everybody's where none is named. */
export function codesInSpace(pattern: Pattern, { partners, codesEach }: PatternUse): number {
  return namesPartner(pattern) ? codesEach : codesEach * partners;
}

/** By how many characters the random parts must grow for a space of that size, in words. */
export function growthTo(pattern: Pattern, space: number): string {
  let missing = 0;
  while (randomSpace(pattern) * ALPHABET.length ** missing < space) missing += 1;
  return `${missing} character${missing === 1 ? "" : "s"}`;
}

/**
 * What to do where that many codes have no room; null where they have. Half of the space stays free:
 * so a drawing finds a free code in two tries on average, and no guess hits every other time.
 */
export function lacksRoom(pattern: Pattern, codes: number): string | null {
  const most = Math.floor(randomSpace(pattern) / 2);
  if (codes <= most) return null;
  return `The random part has room for ${most.toLocaleString("en")} codes, and ${codes.toLocaleString("en")} are asked for. Make it ${growthTo(pattern, 2 * codes)} longer.`;
}
