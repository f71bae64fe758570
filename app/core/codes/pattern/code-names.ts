import type { CodeMaking } from "../../ports/code-making.ts";
import { LONGEST_NAME } from "./pattern.ts";

/** A partner's name as codes spell it: A–Z and 0–9, at most LONGEST_NAME characters each. */
export interface CodeNames {
  first: string;
  /** Null for a name of one word. */
  last: string | null;
}

/** Stands for a name without a word that can stand in a code. */
const NEUTRAL_NAME = "PARTNER";

/** They begin a name and name nobody: of The Slow Miles Letter, THE15 would be a poor code. */
const ARTICLES = new Set(["THE", "DER", "DIE", "DAS"]);

/**
 * The first and the last word of a name that have letters or digits, folded. A word that nobody
 * wants on a coupon is passed over, and an article that something follows.
 */
export function codeNamesOf(
  name: string,
  { toAscii, isUnwanted }: Pick<CodeMaking, "toAscii" | "isUnwanted">,
): CodeNames {
  const words = name
    .split(/\s+/)
    .map((word) => foldToCode(word, toAscii).slice(0, LONGEST_NAME))
    .filter((word) => word !== "" && !isUnwanted(word));
  if (words.length > 1 && ARTICLES.has(words[0] ?? "")) words.shift();
  const [first = NEUTRAL_NAME, ...others] = words;
  const last = others.at(-1) ?? null;
  // Two harmless words can make one that is not.
  return { first, last: last && isUnwanted(`${first}${last}`) ? null : last };
}

/** Letters and digits of any script as A–Z and 0–9: Zoë → ZOE, Анна → ANNA. All else is left out. */
export function foldToCode(text: string, toAscii: CodeMaking["toAscii"]): string {
  // Composed first: a transliteration knows Hangul syllables and not each of their parts.
  const letters = text.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}]/gu, "");
  return toAscii(letters)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "");
}
