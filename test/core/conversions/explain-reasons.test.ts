import { expect, test } from "vitest";
import { explainReasons } from "#app/core/conversions/explain-reasons.ts";
import { DOCUMENTED_REASONS } from "#test/core/given/documented-reasons.ts";

test.each(DOCUMENTED_REASONS)("%s is a sentence of ours with a next step", (reason) => {
  const sentence = explainReasons([reason]);
  expect(sentence).toMatch(/^\S.*\.$/);
  expect(sentence).not.toContain(reason);
  expect(sentence).toMatch(/\. (Check|Choose|Offer|Ask|Add|Allow|Raise|Make|Look|If|Try|Activate)/);
});

test("several reasons are told one after the other, the same sentence once", () => {
  const text = explainReasons(["CONTRACT_NOT_FOUND", "RESTRICTED_PROMOCODE", "CONTRACT_NOT_FOUND"]);
  const both = [explainReasons(["CONTRACT_NOT_FOUND"]), explainReasons(["RESTRICTED_PROMOCODE"])];
  expect(text).toBe(both.join(" "));
  const same = explainReasons(["ACTION_REF_NOT_FOUND", "NO_VALID_ACTION_REF"]);
  expect(same).toBe(explainReasons(["ACTION_REF_NOT_FOUND"]));
});

test("what impact.com could not read means the click id where a click alone was sent", () => {
  expect(explainReasons(["MALFORMED"], null)).toMatch(/may be none of impact\.com's.*try again/);
  expect(explainReasons(["MALFORMED"], "ANNA10")).toBe(explainReasons(["MALFORMED"]));
});

test("a reason nobody documented is shown as it is", () => {
  expect(explainReasons(["MOON_IN_WRONG_PHASE"])).toBe(
    "impact.com refused the conversion: MOON_IN_WRONG_PHASE.",
  );
});

test.each(["constructor", "toString", "__proto__"])("a reason called %s is shown too", (reason) => {
  expect(explainReasons([reason])).toBe(`impact.com refused the conversion: ${reason}.`);
});
