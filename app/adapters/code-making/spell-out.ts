import { SyntaxKind, type Node, type ParsedPattern } from "obscenity";

/** Digits that are read as letters, as the library's resolveLeetSpeakTransformer has them. */
const LEET: Record<string, string> = {
  A: "4",
  E: "3",
  G: "6",
  I: "1",
  O: "0",
  S: "5",
  T: "7",
  Z: "2",
};

const CODE_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/**
 * The library's patterns as regular expressions over plain codes, by the character that such a word
 * begins with. Leet spelling, repeated letters and separators in between are read through, and word
 * boundaries don't count. Each is tried at one place (sticky), the longest word first. What is found
 * `literally` is read as it stands.
 */
export function spellOutAll(
  patterns: readonly ParsedPattern[],
  literally: readonly string[],
): Map<string, RegExp> {
  const longestFirst = patterns.toSorted((one, other) => other.nodes.length - one.nodes.length);
  const byStart = new Map<string, RegExp>();
  for (const character of CODE_CHARACTERS) {
    const words = longestFirst.filter(({ nodes }) => startsOf(nodes).includes(character));
    const literal = literally.filter((word) => word.startsWith(character));
    const sources = [...literal, ...spellOutEach(words)];
    if (sources.length > 0) byStart.set(character, new RegExp(sources.join("|"), "y"));
  }
  return byStart;
}

/** Every character that may be the first one. */
function startsOf(nodes: readonly Node[]): string {
  const [first, ...others] = nodes;
  if (!first) return "";
  if (first.kind === SyntaxKind.Optional) return startsOf([first.childNode]) + startsOf(others);
  return first.kind === SyntaxKind.Wildcard
    ? CODE_CHARACTERS
    : lettersOf(first.chars).slice(0, 1).map(withLeet).join("");
}

function spellOutEach(patterns: readonly ParsedPattern[]): string[] {
  const captures = { count: 0 };
  return patterns.map(({ nodes }) => nodes.map((node) => spellOut(node, captures)).join(""));
}

function spellOut(node: Node, captures: { count: number }): string {
  if (node.kind === SyntaxKind.Optional) return `(?:${spellOut(node.childNode, captures)})?`;
  if (node.kind === SyntaxKind.Wildcard) {
    captures.count += 1;
    return `([A-Z0-9])\\${captures.count}*[-_]*`;
  }
  return lettersOf(node.chars)
    .map((letter) => `[${withLeet(letter)}]+[-_]*`)
    .join("");
}

function lettersOf(chars: readonly number[]): string[] {
  return chars.map((char) => String.fromCodePoint(char).toUpperCase());
}

function withLeet(letter: string): string {
  return `${letter}${LEET[letter] ?? ""}`;
}
