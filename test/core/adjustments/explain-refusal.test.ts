import { expect, test } from "vitest";
import { explainRefusal } from "#app/core/adjustments/explain-refusal.ts";
import { DOCUMENTED_REASONS } from "#test/core/given/documented-reasons.ts";

test.each(DOCUMENTED_REASONS)("%s for a change comes with a next step", (reason) => {
  expect(explainRefusal([reason])).toMatch(/\. (Look|Check|Offer|Ask|Add) .*try again\./);
});

test("several reasons are told one after the other, the same sentence once", () => {
  const text = explainRefusal(["NO_ITEM", "PARTNER_NOT_ACTIVE", "NO_ITEM"]);
  expect(text).toBe(`${explainRefusal(["NO_ITEM"])} ${explainRefusal(["PARTNER_NOT_ACTIVE"])}`);
});

test("an outcome that impact.com has forgotten is no reason to guess", () => {
  expect(explainRefusal([])).toMatch(/no longer knows what became of the change/);
});

test.each(["constructor", "MOON_IN_WRONG_PHASE"])("a reason called %s is shown", (reason) => {
  expect(explainRefusal([reason])).toContain(reason);
});
