import type { DiscountCode } from "../../ids.ts";
import type { CodeMaking, Stretch } from "../../ports/code-making.ts";
import { failure, success, type Problem, type Result } from "../../result.ts";
import { parseCode } from "../code-text.ts";
import { drawRandomPart } from "./alphabet.ts";
import { fillPattern, type PartnerFacts, type Piece } from "./fill-pattern.ts";
import type { Pattern } from "./pattern.ts";
import { lacksRoom } from "./random-space.ts";

export type GenerationProblem = Problem<"no-code" | "no-room" | "taken">;

export interface CodesWanted {
  pattern: Pattern;
  partner: PartnerFacts;
  count: number;
  /**
   * Codes with this pattern that exist already: this partner's, or everybody's where the pattern
   * names no partner.
   */
  made: number;
  /** Any code that may not be given out again, upper-cased. */
  isTaken: (code: DiscountCode) => boolean;
}

/** With half of the space free, so many misses in a row happen once in 2^100 codes. */
const MOST_MISSES = 100;

/**
 * That many different codes for one partner, none of them taken. A random part is drawn again where
 * the code is taken or reads like a word nobody wants. All codes or a problem, never some.
 */
export function generateCodes(
  tools: Pick<CodeMaking, "randomIndex" | "readsUnwanted">,
  { pattern, partner, count, made, isTaken }: CodesWanted,
): Result<DiscountCode[], GenerationProblem> {
  const pieces = fillPattern(pattern, partner);
  const sample = parseCode(pieces.map(widthOf).join(""));
  if (!sample.ok) return failure(problem("no-code", sample.problem.message));
  const randomParts = stretchesOf(pieces);
  if (randomParts.length === 0) return takeTheOne(sample.value, { count, isTaken });

  const lack = lacksRoom(pattern, made + count);
  if (lack) return failure(problem("no-room", lack));
  const codes = new Set<DiscountCode>();
  for (let misses = 0; codes.size < count; misses += 1) {
    if (misses === MOST_MISSES) return failure(problem("no-room", CROWDED));
    const code = drawCode(pieces, tools.randomIndex);
    if (codes.has(code) || isTaken(code) || tools.readsUnwanted(code, randomParts)) continue;
    codes.add(code);
    misses = -1;
  }
  return success([...codes]);
}

const CROWDED =
  "Nearly all codes of this pattern are taken. Make the random part longer, or start the pattern with another word.";

/** A pattern without random part has one code for each partner. */
function takeTheOne(
  code: DiscountCode,
  { count, isTaken }: Pick<CodesWanted, "count" | "isTaken">,
): Result<DiscountCode[], GenerationProblem> {
  if (count === 0) return success([]);
  if (count > 1 || isTaken(code)) {
    const message = `${code} is taken, and without a random part there is no other. Add {RANDOM:4} to the pattern.`;
    return failure(problem("taken", message));
  }
  return success([code]);
}

function drawCode(pieces: Piece[], randomIndex: CodeMaking["randomIndex"]): DiscountCode {
  let code = "";
  for (const piece of pieces) {
    code += piece.kind === "fixed" ? piece.text : drawRandomPart(piece.length, randomIndex);
  }
  return code as DiscountCode;
}

/** A piece as wide as it will be, with any letter for what is drawn. */
function widthOf(piece: Piece): string {
  return piece.kind === "fixed" ? piece.text : "A".repeat(piece.length);
}

/** Where the random parts of these codes lie. */
function stretchesOf(pieces: Piece[]): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const piece of pieces) {
    const to = at + widthOf(piece).length;
    if (piece.kind === "random") stretches.push({ from: at, to });
    at = to;
  }
  return stretches;
}

function problem(kind: GenerationProblem["kind"], message: string): GenerationProblem {
  return { kind, retry: "never", message };
}
