interface Point {
  second: number;
  count: number;
}

/** When a count that only rises reached that much, between the looks at it. */
export function crossedAt(points: readonly Point[], count: number): number {
  const after = points.findIndex((point) => point.count >= count);
  const [before, reached] = [points[after - 1], points[after]];
  if (!reached) throw new Error(`${count} were never reached.`);
  if (!before) return reached.second;
  const share = (count - before.count) / (reached.count - before.count);
  return before.second + share * (reached.second - before.second);
}

/**
 * Whether a queue was longer in the last third of the looks than in the first by more than what comes
 * in a second. The very first look is left out: nothing has come by then.
 */
export function hasGrown(queued: readonly number[], perSecond: number): boolean {
  const looks = queued.slice(1);
  const third = Math.max(1, Math.floor(looks.length / 3));
  return mean(looks.slice(-third)) - mean(looks.slice(0, third)) > perSecond;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
