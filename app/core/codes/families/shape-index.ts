import { groupBy } from "../../group-by.ts";
import type { DiscountCode } from "../../ids.ts";
import { outlineOf, project, type Outline, type Shape } from "./family-shape.ts";

/** Shapes of which those that clash with another are found without comparing each with each. */
export interface ShapeIndex<Of extends { shape: Shape }> {
  clashingWith(shape: Shape | DiscountCode): Of[];
}

/**
 * Two shapes clash exactly where their projections on one another's outlines are equal, so those of
 * one outline are kept by that projection, once for each outline they are compared with.
 */
export function createShapeIndex<Of extends { shape: Shape }>(all: readonly Of[]): ShapeIndex<Of> {
  const byOutline = groupBy(all, ({ shape }) => outlineOf(shape));
  const projections = new Map<string, Map<Shape | null, Of[]>>();
  const projectedOn = (outline: Outline, theirs: Outline): Map<Shape | null, Of[]> => {
    const name = `${theirs} ${outline}`;
    const known = projections.get(name);
    if (known) return known;
    const those = byOutline.get(theirs) ?? [];
    const projected = groupBy(those, ({ shape }) => project(shape, outline));
    projections.set(name, projected);
    return projected;
  };
  return {
    clashingWith(shape) {
      const outline = outlineOf(shape);
      return [...byOutline.keys()].flatMap((theirs) => {
        const key = project(shape, theirs);
        return key === null ? [] : (projectedOn(outline, theirs).get(key) ?? []);
      });
    },
  };
}
