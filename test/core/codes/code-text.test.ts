import { expect, test } from "vitest";
import { LONGEST_CODE, normalizeCode, parseCode } from "#app/core/codes/code-text.ts";

test.each([
  ["ANNA10", "ANNA10"],
  ["anna10", "ANNA10"],
  ["  Anna-10_x ", "ANNA-10_X"],
  ["7UP", "7UP"],
  ["A".repeat(LONGEST_CODE), "A".repeat(LONGEST_CODE)],
])("“%s” is kept as %s", (text, code) => {
  expect(parseCode(text)).toEqual({ ok: true, value: code });
});

test.each(["", "   ", "\n"])("nothing typed (%j) asks for a code", (text) => {
  expect(parseCode(text)).toMatchObject({ problem: { message: "Enter a code." } });
});

test("a code longer than impact.com takes is refused with the limit", () => {
  const parsed = parseCode("A".repeat(LONGEST_CODE + 1));
  expect(parsed).toMatchObject({ ok: false, problem: { retry: "never" } });
  expect(parsed.ok ? "" : parsed.problem.message).toContain("64 characters");
});

test.each([
  "ANNA 10",
  "ANNA,10",
  "ANNA%",
  "-ANNA",
  "_ANNA",
  "ZOË10",
  "АННА10",
  "ANNA\n10",
  "A.*",
  "STRAßE",
  "ANNı",
  "ﬁ10",
  "\u212A10",
])("“%s” is refused with what may stand in a code", (text) => {
  const parsed = parseCode(text);
  expect(parsed.ok ? "" : parsed.problem.message).toMatch(/^Use only letters A–Z, digits/);
});

test("what a customer typed compares trimmed and upper-cased", () => {
  expect(normalizeCode(" anna10 ")).toBe("ANNA10");
});
