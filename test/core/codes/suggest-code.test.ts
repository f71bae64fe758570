import fc from "fast-check";
import { expect, test } from "vitest";
import { createCodeMaking } from "#app/adapters/code-making/code-making.ts";
import { parseCode } from "#app/core/codes/code-text.ts";
import { codeNamesOf } from "#app/core/codes/pattern/code-names.ts";
import { suggestCode } from "#app/core/codes/suggest-code.ts";

const NONE = new Set<string>();
const codeMaking = createCodeMaking();

function suggestFor(name: string, number: number, taken: ReadonlySet<string>): string {
  return suggestCode(codeNamesOf(name, codeMaking).first, number, taken);
}

test.each([
  ["Anna Able", 15, "ANNA15"],
  ["Zoë Kravitz", 10, "ZOE10"],
  ["Łucja Ünlü", 10, "LUCJA10"],
  ["李小龙", 10, "LIXIAOLONG10"],
  ["Анна", 10, "ANNA10"],
  ["Ελένη", 10, "ELENI10"],
  ["محمد", 10, "MHMD10"],
  ["Straße Blog", 5, "STRASSE5"],
  ["  Kim's   Corner", 20, "KIMS20"],
  ["7 Sisters", 10, "710"],
  ["!!! Deals", 10, "DEALS10"],
  ["Averyveryverylongname", 10, "AVERYVERYVERYLON10"],
  ["Anna Able", 0, "ANNA"],
])("%s with %d is offered %s", (name, number, code) => {
  expect(suggestFor(name, number, NONE)).toBe(code);
});

test.each(["🎉🎉", "", "   "])("a name without letters (%s) is offered a neutral code", (name) => {
  expect(suggestFor(name, 10, NONE)).toBe("PARTNER10");
});

test("a first word without letters gives way to the next", () => {
  expect(suggestFor("🎉 Bruce Lee", 10, NONE)).toBe("BRUCE10");
});

test("a code that is taken gets the next free digit", () => {
  expect(suggestFor("Anna", 10, new Set(["ANNA10"]))).toBe("ANNA10-2");
  expect(suggestFor("Anna", 10, new Set(["ANNA10", "ANNA10-2", "ANNA10-3"]))).toBe("ANNA10-4");
});

test("partners of one name all get codes of their own", () => {
  const taken = new Set<string>();
  for (let i = 0; i < 30; i += 1) taken.add(suggestFor("Anna", 10, taken));
  expect(taken.size).toBe(30);
});

test("whatever the name and the discount, the code offered is a code that may be used", () => {
  const numbers = fc.constantFrom(0, 5, 12.5, 0.01, 100, 250_000);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), numbers, (name, number) => {
      const code = suggestFor(name, number, NONE);
      expect(parseCode(code)).toEqual({ ok: true, value: code });
    }),
  );
});
