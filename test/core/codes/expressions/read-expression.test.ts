import fc from "fast-check";
import { expect, test } from "vitest";
import { readExpression } from "#app/core/codes/expressions/read-expression.ts";
import { clash, expressionOf, type Shape } from "#app/core/codes/families/family-shape.ts";
import { ALPHABET } from "#app/core/codes/pattern/alphabet.ts";
import type { DiscountCode } from "#app/core/ids.ts";

const code = (text: string) => text as DiscountCode;

test.each([
  ["^ANNA.*$", "ANNA15", true],
  ["^ANNA.*$", "BANNA15", false],
  ["^anna\\d{2}$", "ANNA15", true],
  ["^anna\\d{2}$", "ANNA155", false],
  ["ANNA", "XANNA15", true],
  ["^(?:ANNA|BEN)-?[0-9]+$", "BEN-20", true],
  ["^(ANNA|BEN)-?[0-9]+$", "BEN-", false],
  ["^[^A-M]+$", "ANNA", false],
  ["(?i)^an{2,}a_?$", "ANNNA", true],
  ["^AN{2,3}A$", "ANNNNA", false],
  ["^A\\.B$", "AXB", false],
  ["^(A*)*$", "AAAB", false],
  ["|X", "ANY", true],
])("what an expression matches is told: %s and %s is %s", (expression, text, matches) => {
  expect(readExpression(expression)?.mayMatch(code(text))).toBe(matches);
});

test("an expression may match a shape where it matches any of its codes", () => {
  const shape = "ANNA15-***" as Shape;
  expect(readExpression("^ANNA15-A[CD]E$")?.mayMatch(shape)).toBe(true);
  // B is none of the alphabet's characters.
  expect(readExpression("^ANNA15-ABE$")?.mayMatch(shape)).toBe(false);
});

test.each(["(?=A)B", "(A)\\1", "\\bANNA", "A{", "(A", "[A", "*A", "[[:alpha:]]", "[A-Z&&[^B]]"])(
  "what dialects read differently, or nobody can, is not read: %s",
  (expression) => {
    expect(readExpression(expression)).toBeNull();
  },
);

test("an expression that would be endless work is not read", () => {
  expect(readExpression("((((((A{60}){60}){60}){60}){60}){60})")).toBeNull();
  expect(readExpression("A".repeat(501))).toBeNull();
  expect(readExpression("^(A|A)*(A|AA)*$")?.mayMatch(code(`${"A".repeat(5_000)}B`))).toBe(false);
});

test("what it says agrees with the language's own engine, whatever the case", () => {
  const piece = fc.constantFrom("A", "b", ".", "\\d", "[A-C]", "[^B]", "(A|B7)", "(?:A|)", "-");
  const repeat = fc.constantFrom("", "", "*", "+", "?", "{2}", "{1,3}", "{2,}", "*?");
  const parts = fc.array(fc.tuple(piece, repeat), { minLength: 1, maxLength: 5 });
  const edges = fc.tuple(fc.constantFrom("^", ""), fc.constantFrom("$", ""));
  const text = fc.string({ unit: fc.constantFrom("A", "B", "C", "7", "-"), maxLength: 8 });
  fc.assert(
    fc.property(parts, edges, text, (all, [start, end], subject) => {
      const expression = `${start}${all.map((each) => each.join("")).join("")}${end}`;
      const read = readExpression(expression);
      const isMatch =
        new RegExp(expression).test(subject) || new RegExp(expression, "i").test(subject);
      expect(read?.mayMatch(code(subject))).toBe(isMatch);
    }),
  );
});

test("of our own families it tells what their shapes tell", () => {
  const unit = fc.constantFrom("A", "9", "*", ALPHABET.charAt(1));
  const shape = fc.string({ unit, minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(shape, shape, (one, other) => {
      const read = readExpression(expressionOf(one as Shape));
      expect(read?.mayMatch(other as Shape)).toBe(clash(one as Shape, other as Shape));
    }),
  );
});
