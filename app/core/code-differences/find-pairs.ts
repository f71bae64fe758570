import { shapeOfExpression } from "../codes/families/family-shape.ts";
import { isNarrower } from "../codes/families/join-families.ts";
import { createShapeIndex } from "../codes/families/shape-index.ts";
import type { SeenPattern, ToldStory } from "../ports/code-difference-stores.ts";
import type { CodeStory, OurSide, PatternThere } from "./code-difference.ts";

/**
 * Adds to each code that stands at impact.com by itself the expression of another partner that matches
 * it, and whether a family of its own partner's does that credits more orders. Only of expressions as
 * this app makes them is it known what they match.
 */
export function findPairs(
  stories: readonly ToldStory[],
  patterns: readonly SeenPattern[],
): CodeStory[] {
  const families = patterns.flatMap(({ expression, ...pattern }) => {
    const shape = shapeOfExpression(expression);
    return shape === null ? [] : [{ ...pattern, shape }];
  });
  const index = createShapeIndex(families);
  return stories.map((story) => {
    const { code, atImpact, ours } = story;
    const isAlone = atImpact !== null && !atImpact.isEnded && !atImpact.isPattern;
    if (!isAlone) return { ...story, matchedBy: null, isWidened: false };
    const matching = index.clashingWith(code);
    const other = matching.find(({ partnerId }) => partnerId !== atImpact.partnerId);
    const isWidened = matching.some((one) => one.isOurs && widens(one, ours));
    return { ...story, matchedBy: other ?? null, isWidened };
  });
}

/** Whether an expression credits its partner's code for more orders than it is to earn for. */
export function widens(
  { partnerId, creditPolicy }: PatternThere,
  ours: Pick<OurSide, "partner" | "reach"> | null,
): boolean {
  if (!ours || !isNarrower(ours) || ours.partner?.partnerId !== partnerId) return false;
  return (creditPolicy ?? "ALWAYS") === "ALWAYS";
}
