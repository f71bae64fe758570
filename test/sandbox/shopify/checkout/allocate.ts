/**
 * Splits `total` over the weights so that the parts sum to it exactly. Left-over units go to the
 * largest remainders, first line first: 10.00 over three equal lines is 3.34, 3.33, 3.33, as in
 * Shopify's own TENOFF sample order.
 */
export function allocate(total: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (whole === 0n) return weights.map(() => 0);

  const shares = weights.map((weight, index) => {
    const product = BigInt(total) * BigInt(weight);
    return { index, part: Number(product / whole), remainder: product % whole };
  });
  const leftOver = total - shares.reduce((sum, share) => sum + share.part, 0);
  const lucky = shares
    .toSorted((a, b) => Number(b.remainder - a.remainder) || a.index - b.index)
    .slice(0, leftOver);
  for (const share of lucky) share.part += 1;
  return shares.map((share) => share.part);
}
