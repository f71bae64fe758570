import { shapeOfExpression } from "../codes/families/family-shape.ts";
import { createShapeIndex } from "../codes/families/shape-index.ts";
import type { SeenPattern, ToldStory } from "../ports/code-difference-stores.ts";
import type { CodeStory } from "./code-difference.ts";

/**
 * Adds to each code that stands at impact.com by itself the expression of another partner that matches
 * it. Only of expressions as this app makes them is it known what they match.
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
    const { code, atImpact } = story;
    const isAlone = atImpact !== null && !atImpact.isEnded && !atImpact.isPattern;
    if (!isAlone) return { ...story, matchedBy: null };
    const matching = index.clashingWith(code);
    const other = matching.find(({ partnerId }) => partnerId !== atImpact.partnerId);
    if (!other) return { ...story, matchedBy: null };
    const { promoCodeId, partnerId, isOurs } = other;
    return { ...story, matchedBy: { promoCodeId, partnerId, isOurs } };
  });
}
