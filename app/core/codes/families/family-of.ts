import { failure, success, type Problem, type Result } from "../../result.ts";
import { LONGEST_CODE } from "../code-text.ts";
import { fillPattern, type PartnerFacts } from "../pattern/fill-pattern.ts";
import type { Pattern } from "../pattern/pattern.ts";
import { namesPartner, randomLength } from "../pattern/random-space.ts";
import { expressionOf, type Shape } from "./family-shape.ts";

export type FamilyProblem = Problem<"no-family">;

/** The shape of all codes that a pattern draws for one partner, whose names are as they are now. */
export function shapeOf(pattern: Pattern, partner: PartnerFacts): Shape {
  const pieces = fillPattern(pattern, partner);
  const shape = pieces.map((piece) =>
    piece.kind === "fixed" ? piece.text : "*".repeat(piece.length),
  );
  return shape.join("") as Shape;
}

/**
 * impact.com documents 64 characters for a conversion's code and no length for a registered one
 * (reference/impact.md, sections 2.2 and 12): an expression of that length holds by either reading.
 */
const LONGEST_EXPRESSION = LONGEST_CODE;

/** The family of a partner's codes by this pattern, or why they can't be one. */
export function familyOf(pattern: Pattern, partner: PartnerFacts): Result<Shape, FamilyProblem> {
  if (randomLength(pattern) === 0) return failure(problem(NOTHING_RANDOM));
  const shape = shapeOf(pattern, partner);
  // What every partner's codes could begin with would keep all of them from having such codes.
  if (!namesPartner(pattern) || shape.startsWith("*")) return failure(problem(NOBODYS));
  if (expressionOf(shape).length > LONGEST_EXPRESSION) return failure(problem(tooLong(shape)));
  return success(shape);
}

const NOTHING_RANDOM = "A family needs a random part, such as {RANDOM:6}.";
const NOBODYS =
  "A family needs a beginning that is the partner's own. Start the pattern with {FIRST} or {ID}, and put the random part behind it.";

function tooLong(shape: Shape): string {
  return `The family ${shape} would take more than the ${LONGEST_EXPRESSION} characters that impact.com surely accepts. Leave something out of the pattern, or make one random part of several.`;
}

function problem(message: string): FamilyProblem {
  return { kind: "no-family", retry: "never", message };
}
