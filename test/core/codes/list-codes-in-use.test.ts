import { expect, test } from "vitest";
import { listCodesInUse } from "#app/core/codes/list-codes-in-use.ts";
import { suggestCode } from "#app/core/codes/suggest-code.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";

test("a suggestion keeps clear of the shop's codes", async () => {
  const { ports, domain } = await worldWithCodes();
  const inUse = new Set<string>(await listCodesInUse(ports, domain));
  expect([...inUse].sort()).toEqual(["ANNA10", "BEN10"]);
  expect(suggestCode("ANNA", 10, inUse)).toBe("ANNA10-2");
});
