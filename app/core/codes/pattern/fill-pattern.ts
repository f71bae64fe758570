import type { CodeNames } from "./code-names.ts";
import type { Pattern, PatternToken } from "./pattern.ts";

/** What a pattern takes from one partner and the discount. */
export interface PartnerFacts {
  names: CodeNames;
  partnerId: string;
  /** What {VALUE} stands for (discountNumber); "" for none. */
  value: string;
}

/** A stretch of one partner's codes: the same in all of them, or drawn for each. */
export type Piece = { kind: "fixed"; text: string } | { kind: "random"; length: number };

/**
 * A pattern with everything in it but the random parts. A token that stands for nothing takes a
 * hyphen or underscore with it, so that {FIRST}-{VALUE}-{RANDOM:4} without value is ANNA-7KXM.
 */
export function fillPattern({ tokens }: Pattern, facts: PartnerFacts): Piece[] {
  const pieces: Piece[] = [];
  const usesFirst = tokens.some(({ kind }) => kind === "first");
  let afterNothing = false;
  for (const token of tokens) {
    if (token.kind === "random") {
      pieces.push(token);
      afterNothing = false;
      continue;
    }
    const before = pieces.at(-1);
    const text = textOf(token, facts, usesFirst);
    const rest: string = afterNothing ? withoutSeparator(text, before) : text;
    afterNothing = rest === "";
    if (rest === "") continue;
    if (before?.kind === "fixed") before.text += rest;
    else pieces.push({ kind: "fixed", text: rest });
  }
  return afterNothing ? withoutLastSeparator(pieces) : pieces;
}

function textOf(
  token: Exclude<PatternToken, { kind: "random" }>,
  { names, partnerId, value }: PartnerFacts,
  usesFirst: boolean,
): string {
  switch (token.kind) {
    case "text":
      return token.text;
    case "first":
      return names.first;
    case "last":
      // A name of one word is not said twice.
      return names.last ?? (usesFirst ? "" : names.first);
    case "id":
      return partnerId.toUpperCase().replace(/[^A-Z0-9]/g, "");
    case "value":
      return value;
  }
}

/** Nothing may separate from nothing, at the start or after another separator. */
function withoutSeparator(text: string, before: Piece | undefined): string {
  if (!before) return text.replace(/^[-_]+/, "");
  const isSeparated = before.kind === "fixed" && /[-_]$/.test(before.text);
  return isSeparated ? text.replace(/^[-_]/, "") : text;
}

function withoutLastSeparator(pieces: Piece[]): Piece[] {
  const last = pieces.at(-1);
  if (last?.kind !== "fixed") return pieces;
  return [...pieces.slice(0, -1), { kind: "fixed", text: last.text.replace(/[-_]$/, "") }];
}
