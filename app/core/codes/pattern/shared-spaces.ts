import { shapeOf } from "../families/family-of.ts";
import type { Shape } from "../families/family-shape.ts";
import type { PartnerFacts } from "./fill-pattern.ts";
import type { Pattern } from "./pattern.ts";
import { lacksRoom, randomLength } from "./random-space.ts";

/** So many codes to be drawn for one partner. */
export interface WantedOf {
  partner: PartnerFacts;
  count: number;
}

/** How many of the codes differ by their random part alone: partners whose names are spelled alike share that. */
export type Spaces = ReadonlyMap<Shape, number>;

export function spacesOf(pattern: Pattern, wanted: readonly WantedOf[]): Spaces {
  const spaces = new Map<Shape, number>();
  for (const { partner, count } of wanted) {
    const shape = shapeOf(pattern, partner);
    spaces.set(shape, (spaces.get(shape) ?? 0) + count);
  }
  return spaces;
}

/** Why not all of these codes can be drawn, and what to do; null where they can. */
export function lacksSpace(pattern: Pattern, spaces: Spaces): string | null {
  const fullest = [...spaces.values()].reduce((most, count) => Math.max(most, count), 0);
  if (randomLength(pattern) > 0) return lacksRoom(pattern, fullest);
  return fullest > 1 ? SAME : null;
}

const SAME =
  "Several of these codes would be the same, of one partner or of partners with the same name. Add a random part, such as {RANDOM:6}.";

/** How many codes the fullest of these spaces has once they are drawn, beside those that live in it already. */
export function fullestOf(spaces: Spaces, living: ReadonlyMap<Shape, number>): number {
  let most = 0;
  for (const [shape, count] of spaces) most = Math.max(most, count + (living.get(shape) ?? 0));
  return most;
}
