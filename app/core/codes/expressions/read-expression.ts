import type { DiscountCode } from "../../ids.ts";
import type { Shape } from "../families/family-shape.ts";
import { ALPHABET } from "../pattern/alphabet.ts";
import { parseExpression, type Accepts, type Piece } from "./parse-expression.ts";

/** A regular expression that stands at impact.com, made by hand or by any app. */
export interface Expression {
  /** Whether it may match a code, or any code of a shape. */
  mayMatch(shape: Shape | DiscountCode): boolean;
}

/** Each step over a code looks at each of these once: no expression can take longer than that. */
const MOST_STATES = 200;

interface State {
  /** Null where it is passed without a character. */
  accepts: Accepts | null;
  edge: "start" | "end" | null;
  next: number[];
}

/** Where an expression has matched. */
const MATCHED = 0;

/**
 * An expression as a machine that looks at each character once. It matches with either reading of what
 * is not documented: whether case counts, and whether an expression must fit all of a code
 * (reference/impact.md, section 4). Null where it can't be read, or is too large.
 */
export function readExpression(text: string): Expression | null {
  const piece = parseExpression(text.trim());
  if (!piece) return null;
  const states: State[] = [{ accepts: null, edge: null, next: [] }];
  const begin = build(states, piece, MATCHED);
  if (states.length > MOST_STATES) return null;
  return { mayMatch: (shape) => run(states, begin, shape) };
}

/** Adds the states of a piece that goes on to `next`, and gives the one where it begins. */
function build(states: State[], piece: Piece, next: number): number {
  switch (piece.kind) {
    case "one":
      return add(states, { accepts: piece.accepts, edge: null, next: [next] });
    case "edge":
      return add(states, { accepts: null, edge: piece.at, next: [next] });
    case "row":
      return piece.pieces.reduceRight((after, one) => build(states, one, after), next);
    case "either": {
      const ways = piece.pieces.map((one) => build(states, one, next));
      return add(states, { accepts: null, edge: null, next: ways });
    }
    case "repeat":
      return buildRepeat(states, piece, next);
  }
}

function buildRepeat(
  states: State[],
  { piece, least, most }: Extract<Piece, { kind: "repeat" }>,
  next: number,
): number {
  let begin = next;
  if (most === null) {
    const loop: State = { accepts: null, edge: null, next: [next] };
    begin = add(states, loop);
    loop.next.push(build(states, piece, begin));
  }
  for (let times = most ?? least; times > 0 && states.length <= MOST_STATES; times -= 1) {
    const inside = build(states, piece, begin);
    const mayEnd = times > least;
    begin = mayEnd ? add(states, { accepts: null, edge: null, next: [inside, next] }) : inside;
  }
  return begin;
}

function add(states: State[], state: State): number {
  return states.push(state) - 1;
}

function run(states: readonly State[], begin: number, shape: string): boolean {
  const chars = [...shape.toUpperCase()];
  let open: number[] = [];
  for (let at = 0; at <= chars.length; at += 1) {
    const edges = { start: at === 0, end: at === chars.length };
    const reached = reach(states, [...open, begin], edges);
    if (reached.has(MATCHED)) return true;
    const char = chars[at] ?? "";
    open = [...reached].flatMap((index) => {
      const { accepts, next } = states[index] ?? { accepts: null, next: [] };
      return char !== "" && accepts && acceptsAny(accepts, char) ? next : [];
    });
  }
  return false;
}

/** All states that are reached without a character more. */
function reach(
  states: readonly State[],
  from: readonly number[],
  edges: Record<"start" | "end", boolean>,
): Set<number> {
  const reached = new Set<number>();
  const open = [...from];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (reached.has(index)) continue;
    reached.add(index);
    const state = states[index];
    if (!state || state.accepts || (state.edge && !edges[state.edge])) continue;
    open.push(...state.next);
  }
  return reached;
}

/** A shape's star is any one character of the random parts' alphabet. */
function acceptsAny(accepts: Accepts, char: string): boolean {
  return char === "*" ? [...ALPHABET].some((one) => accepts(one)) : accepts(char);
}
