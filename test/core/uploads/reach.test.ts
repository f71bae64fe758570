import { expect, test } from "vitest";
import { parseReach } from "#app/core/uploads/reach.ts";

test.each([
  ["ALWAYS", "ALWAYS"],
  ["always credit", "ALWAYS"],
  ["Immer", "ALWAYS"],
  ["Involved", "INVOLVED"],
  ["winning-click", "WINNER"],
])("%s is the reach %s", (word, reach) => {
  expect(parseReach(word)).toBe(reach);
});

test.each(["", "sometimes", "yes"])("%j is no reach", (word) => {
  expect(parseReach(word)).toBeNull();
});
