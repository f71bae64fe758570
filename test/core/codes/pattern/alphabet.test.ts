import { expect, test } from "vitest";
import { createRandomIndex } from "#app/adapters/code-making/random-index.ts";
import { ALPHABET, drawRandomPart } from "#app/core/codes/pattern/alphabet.ts";
import { seededBytes } from "#test/support/seeded-bytes.ts";

test("the alphabet has no character that is taken for another", () => {
  expect(ALPHABET).toMatch(/^[A-Z0-9]+$/);
  expect(ALPHABET).not.toMatch(/[0OQ1IL2Z5S6G8BUV]/);
  expect(new Set(ALPHABET).size).toBe(ALPHABET.length);
});

test("a random part has the length that is asked for, of the alphabet's characters", () => {
  expect(drawRandomPart(4, (below) => below - 1)).toBe("9999");
  expect(drawRandomPart(3, () => 0)).toBe("AAA");
});

test("at every place of a random part each character is as likely as the others", () => {
  const randomIndex = createRandomIndex(seededBytes(42));
  const counts = new Map<string, number>();
  const draws = 60_000;
  for (let drawn = 0; drawn < draws; drawn += 1) {
    for (const [place, character] of [...drawRandomPart(3, randomIndex)].entries()) {
      const key = `${place}${character}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const expected = draws / ALPHABET.length;
  const chiSquare = [...counts.values()].reduce(
    (sum, n) => sum + (n - expected) ** 2 / expected,
    0,
  );
  expect(counts.size).toBe(3 * ALPHABET.length);
  // Three places with 19 degrees of freedom each: passed once in a thousand fair series.
  expect(chiSquare).toBeLessThan(95.75);
});
