import type { DiscountCode } from "../../ids.ts";
import { ALPHABET } from "../pattern/alphabet.ts";

declare const brand: unique symbol;
/**
 * What all codes of one family have in common, as long as they are: `ANNA15-******`, where each star
 * is one character of the random parts' alphabet and all else stands for itself. A code is the shape
 * of itself alone.
 */
export type Shape = string & { readonly [brand]: "Shape" };

/** Where a shape's stars are: `.......******`. Shapes of one outline differ by their fixed text alone. */
export type Outline = string & { readonly [brand]: "Outline" };

export function outlineOf(shape: Shape | DiscountCode): Outline {
  return shape.replaceAll(/[^*]/g, ".") as Outline;
}

/**
 * A shape with a star wherever it or the outline has one: what is left of it to tell two shapes of
 * these outlines apart. Null where the outline's stars can't stand for what the shape has there.
 */
export function project(shape: Shape | DiscountCode, outline: Outline): Shape | null {
  if (shape.length !== outline.length) return null;
  let projected = "";
  for (const [at, own] of [...shape].entries()) {
    if (outline[at] !== "*" || own === "*") projected += own;
    else if (ALPHABET.includes(own)) projected += "*";
    else return null;
  }
  return projected as Shape;
}

/** Whether a code is one of the family's. */
export function matches(family: Shape, code: DiscountCode): boolean {
  return clash(family, code);
}

/** Whether there is any code that is of both: exact, since both have a fixed length. */
export function clash(one: Shape | DiscountCode, other: Shape | DiscountCode): boolean {
  const projected = project(one, outlineOf(other));
  return projected !== null && projected === project(other, outlineOf(one));
}

/**
 * The family as a regular expression, which is what impact.com is told. It is anchored, since nothing
 * says whether an expression must fit all of a code; and upper-case, as all codes are sent, since
 * impact.com's pages disagree on whether case counts (reference/impact.md, section 4). Of an outline: what
 * fits all families of that outline.
 */
export function expressionOf(family: Shape | Outline): string {
  const drawn = (stars: string) => `[${ALPHABET}]{${stars.length}}`;
  return `^${family.replaceAll(/\*+/g, drawn)}$`;
}

const OURS = new RegExp(`^\\^((?:[A-Z0-9_-]|\\[${ALPHABET}\\]\\{\\d+\\})+)\\$$`);
const DRAWN = new RegExp(`\\[${ALPHABET}\\]\\{(\\d+)\\}`, "g");

/** The family of an expression that expressionOf made, maybe for another shop; null for any other. */
export function shapeOfExpression(expression: string): Shape | null {
  const inside = OURS.exec(expression)?.[1];
  if (inside === undefined) return null;
  return inside.replaceAll(DRAWN, (_, length) => "*".repeat(Number(length))) as Shape;
}
