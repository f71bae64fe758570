import { englishRecommendedTransformers, RegExpMatcher } from "obscenity";
import type { CodeMaking } from "../../core/ports/code-making.ts";
import { spellOutAll } from "./spell-out.ts";
import { UNWANTED_WORDS } from "./unwanted-words.ts";

const terms = UNWANTED_WORDS.build();
const matcher = new RegExpMatcher({ ...terms, ...englishRecommendedTransformers });

/** No curses, so the library has them not; and it reads repeated letters as one. */
const LETTERS_IN_A_ROW = ["KKK", "XXX"];

/** The library's own matcher takes some 60 µs for a code: too long for a hundred thousand. */
const wordsFrom = spellOutAll(
  terms.blacklistedTerms.map(({ pattern }) => pattern),
  LETTERS_IN_A_ROW,
);

/** Names and words are judged as the library judges prose: whole words, and innocent ones let through. */
export const isUnwanted: CodeMaking["isUnwanted"] = (text) => {
  const code = text.toUpperCase();
  // The strict reading finds all that the library finds, and most names don't even hold that.
  if (!readsUnwanted(code, [{ from: 0, to: code.length }])) return false;
  // A number alone is a number: 455 is no leet.
  const words = code.split(/[-_]+/).filter((word) => /[A-Z]/.test(word));
  const letters = code.replace(/[^A-Z]+/g, " ");
  return code.includes("KKK") || matcher.hasMatch(`${words.join(" ")} ${letters}`);
};

/**
 * Drawn characters are judged strictly: another drawing costs nothing, so no word is innocent and
 * none needs a boundary. Words wholly outside of those stretches are for isUnwanted.
 */
export const readsUnwanted: CodeMaking["readsUnwanted"] = (code, stretches) => {
  for (let start = 0; start < code.length; start += 1) {
    const end = endOfWord(code, start);
    if (end !== null && stretches.some(({ from, to }) => start < to && end > from)) return true;
  }
  return false;
};

/** Where the unwanted word that begins there ends; null where none does. */
function endOfWord(code: string, start: number): number | null {
  const words = wordsFrom.get(code.charAt(start));
  if (!words) return null;
  words.lastIndex = start;
  return words.test(code) ? words.lastIndex : null;
}
