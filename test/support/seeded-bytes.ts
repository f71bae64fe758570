import type { FillBytes } from "#app/adapters/code-making/random-index.ts";
import { seededRandom } from "#test/chaos/seeded-random.ts";

/** Bytes that are the same in every run, in place of the operating system's. */
export function seededBytes(seed: number): FillBytes {
  const random = seededRandom(seed);
  return (bytes) => {
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = Math.floor(random.next() * 256);
  };
}
