const PARTS = 1_000_000n;

/** A fraction of an amount in integer arithmetic, half a unit rounded up: 10 % of 1995 is 200. */
export function fractionOf(minor: number, fraction: number): number {
  const parts = BigInt(Math.round(fraction * Number(PARTS)));
  return Number((BigInt(minor) * parts + PARTS / 2n) / PARTS);
}
