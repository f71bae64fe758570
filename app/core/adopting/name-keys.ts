import { foldToCode } from "../codes/pattern/code-names.ts";
import { LONGEST_NAME } from "../codes/pattern/pattern.ts";
import type { CodeMaking } from "../ports/code-making.ts";
import type { NamedPartner } from "../uploads/partner-lookup.ts";

/** What of a partner a pattern looks for. */
export type NameToken = "PARTNER" | "FIRST" | "LAST" | "NAME" | "ID";

/** Shorter ones stand in too many codes by chance. */
const SHORTEST_KEY = 2;

/** How a partner may be spelled in a code, folded from any script to A–Z and 0–9. */
export function nameKeys(
  { name, partnerId }: NamedPartner,
  token: NameToken,
  toAscii: CodeMaking["toAscii"],
): string[] {
  const words = name
    .split(/\s+/)
    .map((word) => foldToCode(word, toAscii))
    .filter((word) => word !== "");
  const [first = ""] = words;
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  const keys: Record<Exclude<NameToken, "PARTNER">, string[]> = {
    FIRST: [first, cut(first)],
    LAST: [last, cut(last)],
    NAME: [...joined(words), ...(last ? joined([first, last]) : [])],
    ID: [partnerId.toUpperCase()],
  };
  const wanted = token === "PARTNER" ? Object.values(keys).flat() : keys[token];
  return [...new Set(wanted)].filter((key) => key.length >= SHORTEST_KEY);
}

function joined(words: readonly string[]): string[] {
  return ["", "-", "_"].map((between) => words.join(between));
}

/** As this app's own patterns spell it. */
function cut(word: string): string {
  return word.slice(0, LONGEST_NAME);
}
