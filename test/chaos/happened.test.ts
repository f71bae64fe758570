import { expect, test } from "vitest";
import { neverHappened, nothingHappened } from "./happened.ts";

function everythingHappened() {
  const happened = nothingHappened();
  for (const kind of neverHappened(happened)) happened[kind] = 3;
  return happened;
}

test("a run that kills no database has not done what it promised", () => {
  const happened = everythingHappened();
  expect(neverHappened(happened)).toEqual([]);
  expect(neverHappened({ ...happened, "database killed": 0 })).toEqual(["database killed"]);
});

test("a run in which impact.com failed once has not done what it promised", () => {
  const happened = { ...everythingHappened(), "impact.com 5xx": 1 };
  expect(neverHappened(happened)).toEqual(["impact.com 5xx"]);
});
