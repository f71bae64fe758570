import type { CodeMaking } from "../../ports/code-making.ts";

/**
 * What random parts are made of. Of characters that are taken for one another when read or heard in
 * print (0 O Q, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V) none is left: if one were, its twin would be typed for it.
 * Families at impact.com are registered with these very characters: another alphabet would leave them.
 */
export const ALPHABET = "ACDEFHJKMNPRTWXY3479";

/** That many characters, each drawn from the whole alphabet on its own. */
export function drawRandomPart(length: number, randomIndex: CodeMaking["randomIndex"]): string {
  let part = "";
  while (part.length < length) part += ALPHABET.charAt(randomIndex(ALPHABET.length));
  return part;
}
