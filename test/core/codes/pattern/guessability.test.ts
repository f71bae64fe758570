import { expect, test } from "vitest";
import { judgeGuessability } from "#app/core/codes/pattern/guessability.ts";
import type { Shape } from "#app/core/codes/families/family-shape.ts";
import type { Pattern } from "#app/core/codes/pattern/pattern.ts";
import { fullestOf, lacksSpace, spacesOf } from "#app/core/codes/pattern/shared-spaces.ts";
import { sayNumber } from "#app/core/codes/pattern/say-number.ts";

function named(length: number): Pattern {
  return { tokens: [{ kind: "first" }, ...unnamed(length).tokens] };
}

function unnamed(length: number): Pattern {
  return { tokens: length > 0 ? [{ kind: "random", length }] : [] };
}

test("one code in a space of 64 million is safe", () => {
  expect(judgeGuessability(named(6), { partners: 50, codesEach: 1 })).toEqual({
    chance: 1 / 64_000_000,
    expectedGuesses: 32_000_000.5,
    verdict: "safe",
    odds: "1 in 64 million",
    sentence: "1 guess in 64 million hits a code.",
  });
});

test.each([
  [named(6), 64, "safe", "1 guess in 1 million hits a code."],
  [
    named(6),
    65,
    "weak",
    "1 guess in 984,615 hits a code. Make the random part 1 character longer.",
  ],
  [
    named(6),
    6_400,
    "weak",
    "1 guess in 10,000 hits a code. Make the random part 2 characters longer.",
  ],
  [
    named(6),
    6_401,
    "open",
    "1 guess in 9,998 hits a code. Make the random part 2 characters longer.",
  ],
  [named(2), 33, "open", "1 guess in 12 hits a code. Make the random part 4 characters longer."],
] as const)("%# codes are judged by their odds", (pattern, codesEach, verdict, sentence) => {
  const judged = judgeGuessability(pattern, { partners: 3, codesEach });
  expect(judged).toMatchObject({ verdict, sentence });
});

test("following the advice makes a pattern safe", () => {
  const use = { partners: 1, codesEach: 33 };
  expect(judgeGuessability(named(5), use).verdict).toBe("weak");
  expect(judgeGuessability(named(6), use).verdict).toBe("safe");
});

test("where no partner is named a guess can hit anybody's code", () => {
  const use = { partners: 100, codesEach: 10 };
  expect(judgeGuessability(named(6), use).odds).toBe("1 in 6.4 million");
  expect(judgeGuessability(unnamed(6), use).odds).toBe("1 in 64,000");
});

test("partners whose names are spelled alike share their codes' space", () => {
  const names = ["ANNA", "BEN", "CEM", "DAN", "EVE"].map((first) => ({ first, last: null }));
  const wanted = Array.from({ length: 500 }, (_, at) => ({
    partner: { names: names[at % 5] ?? { first: "", last: null }, partnerId: `${at}`, value: "" },
    count: 10,
  }));
  const spaces = spacesOf(named(6), wanted);
  const codesEach = fullestOf(spaces, new Map());
  expect(judgeGuessability(named(6), { partners: 1, codesEach }).odds).toBe("1 in 64,000");
  const living = new Map([["BEN******" as Shape, 1_000]]);
  expect(fullestOf(spaces, living)).toBe(2_000);
  expect(lacksSpace(named(2), spaces)).toMatch(/room for 200 codes, and 1,000 are asked for/);
  expect(lacksSpace(named(0), spaces)).toMatch(/would be the same/);
  expect(lacksSpace(named(3), spaces)).toBeNull();
});

test("a pattern without random part is open, and says what to add", () => {
  const judged = judgeGuessability(named(0), { partners: 3, codesEach: 1 });
  expect(judged).toMatchObject({ chance: 1, expectedGuesses: 1, verdict: "open" });
  expect(judged.sentence).toContain("Add a random part, such as {RANDOM:6}.");
});

test("before any code exists one is assumed", () => {
  expect(judgeGuessability(named(4), { partners: 0, codesEach: 0 }).odds).toBe("1 in 160,000");
});

test.each([
  [1, "1"],
  [12.9, "12"],
  [8_000, "8,000"],
  [999_999, "999,999"],
  [1_280_000_000, "1.28 billion"],
  [25_600_000_000, "25.6 billion"],
  [729_000_000, "729 million"],
  [999_999_999, "999 million"],
  [20 ** 13, "81.9 quadrillion"],
  [20 ** 16, "655 quintillion"],
  [20 ** 20, "more than 999 quintillion"],
])("%d is said as %s", (number, words) => {
  expect(sayNumber(number)).toBe(words);
});
