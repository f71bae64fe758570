/** amount × part ÷ whole, halves rounded up, exact beyond 2^53. None is negative, `whole` not 0. */
export function shareOf(amount: number, part: number, whole: number): number {
  const doubled = BigInt(amount) * BigInt(part) * 2n + BigInt(whole);
  return Number(doubled / (BigInt(whole) * 2n));
}

/**
 * Splits `total` in proportion to the weights, to the unit: what rounding down leaves goes to the
 * largest remainders, among equal ones to the first. Weights that are all zero count the same.
 * Nothing is negative.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const isWeightless = weights.every((weight) => weight === 0);
  const counted = isWeightless ? weights.map(() => 1) : weights;
  const sum = counted.reduce((all, weight) => all + weight, 0);
  const exact = counted.map((weight) => BigInt(total) * BigInt(weight));
  const parts = exact.map((product) => Number(product / BigInt(sum)));
  const left = total - parts.reduce((all, part) => all + part, 0);
  const byRemainder = exact
    .map((product, index) => ({ index, remainder: product % BigInt(sum) }))
    .sort((a, b) => Number(b.remainder - a.remainder) || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}
