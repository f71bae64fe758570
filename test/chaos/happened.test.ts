import { expect, test } from "vitest";
import { neverHappened, nothingHappened } from "./happened.ts";

test("a run that kills no database has not done what it promised", () => {
  const happened = nothingHappened();
  for (const kind of neverHappened(happened)) happened[kind] = 1;
  expect(neverHappened(happened)).toEqual([]);
  expect(neverHappened({ ...happened, "database killed": 0 })).toEqual(["database killed"]);
});
