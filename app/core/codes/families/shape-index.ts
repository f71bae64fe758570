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
  const byOutline = new Map<Outline, Of[]>();
  for (const one of all) addTo(byOutline, outlineOf(one.shape), one);
  const projections = new Map<string, Map<Shape, Of[]>>();
  const projectedOn = (outline: Outline, from: Outline): Map<Shape, Of[]> => {
    const name = `${from} ${outline}`;
    const known = projections.get(name);
    if (known) return known;
    const projected = new Map<Shape, Of[]>();
    for (const one of byOutline.get(from) ?? []) {
      const key = project(one.shape, outline);
      if (key !== null) addTo(projected, key, one);
    }
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

function addTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
