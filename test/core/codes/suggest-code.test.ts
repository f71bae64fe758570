import fc from "fast-check";
import { expect, test } from "vitest";
import { parseCode } from "#app/core/codes/code-text.ts";
import { suggestCode } from "#app/core/codes/suggest-code.ts";

const NONE = new Set<string>();

test.each([
  ["Anna Able", 15, "ANNA15"],
  ["Zoë Kravitz", 10, "ZOE10"],
  ["Łucja Ünlü", 10, "UCJA10"],
  ["Straße Blog", 5, "STRASSE5"],
  ["  Kim's   Corner", 20, "KIMS20"],
  ["7 Sisters", 10, "710"],
  ["!!! Deals", 10, "DEALS10"],
  ["Averyveryverylongname", 10, "AVERYVERYVERYLON10"],
  ["Anna Able", 0, "ANNA"],
])("%s with %d is offered %s", (name, number, code) => {
  expect(suggestCode(name, number, NONE)).toBe(code);
});

test.each(["李小龙", "Анна", "محمد", "🎉🎉", "", "   "])(
  "a name without Latin letters (%s) is offered a neutral code",
  (name) => {
    expect(suggestCode(name, 10, NONE)).toBe("PARTNER10");
  },
);

test("a first word without Latin letters gives way to those that have some", () => {
  expect(suggestCode("李 Bruce Lee", 10, NONE)).toBe("BRUCELEE10");
});

test("a code that is taken gets the next free digit", () => {
  expect(suggestCode("Anna", 10, new Set(["ANNA10"]))).toBe("ANNA10-2");
  expect(suggestCode("Anna", 10, new Set(["ANNA10", "ANNA10-2", "ANNA10-3"]))).toBe("ANNA10-4");
});

test("partners of one name all get codes of their own", () => {
  const taken = new Set<string>();
  for (let i = 0; i < 30; i += 1) taken.add(suggestCode("Anna", 10, taken));
  expect(taken.size).toBe(30);
});

test("whatever the name and the discount, the code offered is a code that may be used", () => {
  const numbers = fc.constantFrom(0, 5, 12.5, 0.01, 100, 250_000);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), numbers, (name, number) => {
      const code = suggestCode(name, number, NONE);
      expect(parseCode(code)).toEqual({ ok: true, value: code });
    }),
  );
});
