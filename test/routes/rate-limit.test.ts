import { expect, test } from "vitest";
import { createRateLimit } from "#app/rate-limit.server.ts";

test("a key may come so often a minute, and again in the next", () => {
  let now = 0;
  const isWithin = createRateLimit({ most: 2, now: () => now });
  expect(["a", "a", "a", "b"].map(isWithin)).toEqual([true, true, false, true]);
  now = 60_000;
  expect(isWithin("a")).toBe(true);
});

test("more keys than it holds wait for the next minute", () => {
  const isWithin = createRateLimit({ most: 9, mostKeys: 2, now: () => 0 });
  expect(["a", "b", "c", "a"].map(isWithin)).toEqual([true, true, false, true]);
});
