/** A code's pattern, read: `{FIRST}{VALUE}-{RANDOM:6}` is a first name, a value, a text and a random part. */
export interface Pattern {
  tokens: PatternToken[];
}

export type PatternToken =
  | { kind: "text"; text: string }
  | { kind: "first" | "last" | "id" | "value" }
  | { kind: "random"; length: number };

/** How many codes a pattern is for. */
export interface PatternUse {
  partners: number;
  /** Codes for each partner. */
  codesEach: number;
}

/** Names that are longer are cut, so that a code's length can be foreseen. */
export const LONGEST_NAME = 16;
