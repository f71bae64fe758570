import fc from "fast-check";
import { expect, test } from "vitest";
import { createCodeMaking } from "#app/adapters/code-making/code-making.ts";
import { codeNamesOf, foldToCode } from "#app/core/codes/pattern/code-names.ts";
import { LONGEST_NAME } from "#app/core/codes/pattern/pattern.ts";

const tools = createCodeMaking();

test.each([
  ["Łucja Ünlü", "LUCJA", "UNLU"],
  ["Øyvind Æsir", "OYVIND", "AESIR"],
  ["Straße Blog", "STRASSE", "BLOG"],
  ["Анна Щукина", "ANNA", "SHCHUKINA"],
  ["Ελένη Παππά", "ELENI", "PAPPA"],
  ["李小龙", "LIXIAOLONG", null],
  ["さくら", "SAKURA", null],
  ["김연아", "GIMYEONA", null],
  ["김연아".normalize("NFD"), "GIMYEONA", null],
  ["محمد", "MHMD", null],
  ["प्रिया", "PRIYA", null],
  ["Հայկ", "HAYK", null],
  ["Anna Maria de la Cruz", "ANNA", "CRUZ"],
  ["Kim's Corner", "KIMS", "CORNER"],
  ["The Slow Miles Letter", "SLOW", "LETTER"],
  ["The Knot", "KNOT", null],
  ["The", "THE", null],
  ["🎉 Deals!", "DEALS", null],
  ["RetailMeNotEverAgainPlease", "RETAILMENOTEVERA", null],
])("%s is spelled %s and %s", (name, first, last) => {
  expect(codeNamesOf(name, tools)).toEqual({ first, last });
});

test.each(["", "   ", "🎉🎉", "!!!"])("a name without letters (%j) is a neutral word", (name) => {
  expect(codeNamesOf(name, tools)).toEqual({ first: "PARTNER", last: null });
});

test("a word nobody wants on a coupon is passed over", () => {
  expect(codeNamesOf("Fuck Jerry", tools)).toEqual({ first: "JERRY", last: null });
  expect(codeNamesOf("Fuckjerry", tools)).toEqual({ first: "PARTNER", last: null });
});

test("two harmless words that make an unwanted one are not both used", () => {
  expect(codeNamesOf("Buff Uck", tools)).toEqual({ first: "BUFF", last: null });
});

test("any text whatever folds to A–Z and 0–9", () => {
  const anything = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }));
  const halves = fc.array(fc.integer({ min: 0, max: 0xffff }));
  const broken = halves.map((units) => String.fromCharCode(...units));
  fc.assert(
    fc.property(fc.oneof(anything, broken), (text) => {
      expect(foldToCode(text, tools.toAscii)).toMatch(/^[A-Z0-9]*$/);
      const { first, last } = codeNamesOf(text, tools);
      for (const name of [first, last ?? "A"]) expect(name).toMatch(/^[A-Z0-9]+$/);
      expect(first.length).toBeLessThanOrEqual(LONGEST_NAME);
    }),
    { numRuns: 500 },
  );
});
