import { randomFillSync } from "node:crypto";

/** Fills all of it with bytes that nobody can foresee. */
export type FillBytes = (bytes: Uint8Array) => unknown;

/** One call of the operating system's generator serves thousands of characters. */
const POOL_BYTES = 16_384;

/**
 * Whole numbers in [0, below), each as likely as the other, for `below` from 1 to 256. A byte
 * beyond the last whole multiple of `below` is thrown away: kept, it would favour small numbers.
 */
export function createRandomIndex(fill: FillBytes = randomFillSync): (below: number) => number {
  const pool = new Uint8Array(POOL_BYTES);
  let used = POOL_BYTES;
  const nextByte = () => {
    if (used === POOL_BYTES) {
      fill(pool);
      used = 0;
    }
    const byte = pool[used] ?? 0;
    // What a code was made of stays no longer than needed.
    pool[used] = 0;
    used += 1;
    return byte;
  };
  return (below) => {
    if (!Number.isInteger(below) || below < 1 || below > 256) {
      throw new RangeError(`no random index below ${below}`);
    }
    const limit = 256 - (256 % below);
    let byte = nextByte();
    while (byte >= limit) byte = nextByte();
    return byte % below;
  };
}
