import { expect, test } from "vitest";
import { crossedAt, hasGrown } from "./steadiness.ts";

test("a count is crossed between the looks before and after it", () => {
  const points = [
    { second: 0, count: 0 },
    { second: 1, count: 0 },
    { second: 2, count: 100 },
  ];
  expect(crossedAt(points, 50)).toBe(1.5);
  expect(crossedAt(points, 100)).toBe(2);
  expect(crossedAt(points, 0)).toBe(0);
  expect(() => crossedAt(points, 101)).toThrow("101 were never reached.");
});

test("a queue that is filled once and then stays has not grown", () => {
  expect(hasGrown([0, 300, 250, 320, 280, 310, 290], 100)).toBe(false);
});

test("a queue that lags behind by more than a second's deliveries has grown", () => {
  expect(hasGrown([0, 300, 350, 400, 450, 500, 550], 100)).toBe(true);
});
