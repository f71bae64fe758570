import { expect, test } from "vitest";
import { explainReasons } from "#app/core/conversions/explain-reasons.ts";
import { errorReasons } from "#test/sandbox/impact/crediting/error-reason.ts";

test.each(errorReasons)("%s is a sentence of ours, not impact.com's code word", (reason) => {
  const sentence = explainReasons([reason]);
  expect(sentence).toMatch(/^\S.*\.$/);
  expect(sentence).not.toContain(reason);
});

test("several reasons are told one after the other, the same sentence once", () => {
  const text = explainReasons(["CONTRACT_NOT_FOUND", "RESTRICTED_PROMOCODE", "CONTRACT_NOT_FOUND"]);
  const both = [explainReasons(["CONTRACT_NOT_FOUND"]), explainReasons(["RESTRICTED_PROMOCODE"])];
  expect(text).toBe(both.join(" "));
  const same = explainReasons(["ACTION_REF_NOT_FOUND", "NO_VALID_ACTION_REF"]);
  expect(same).toBe(explainReasons(["ACTION_REF_NOT_FOUND"]));
});

test("a reason nobody documented is shown as it is", () => {
  expect(explainReasons(["MOON_IN_WRONG_PHASE"])).toBe(
    "impact.com refused the conversion: MOON_IN_WRONG_PHASE.",
  );
});

test.each(["constructor", "toString", "__proto__"])("a reason called %s is shown too", (reason) => {
  expect(explainReasons([reason])).toBe(`impact.com refused the conversion: ${reason}.`);
});
