import fc from "fast-check";
import { expect, test } from "vitest";
import { toCsv } from "#app/core/csv.ts";

test("cells with commas, quotes and line breaks are quoted", () => {
  expect(toCsv([["a", "b,c", 'd"e', "f\ng", ""]])).toBe('a,"b,c","d""e","f\ng",\r\n');
});

test.each([
  "=1+1",
  "+1",
  "-A1",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  " =1",
  "＝1+1",
  "＋1",
  "－1",
  "＠SUM(A1)",
  '=HYPERLINK("x")',
])("%j is text to a spreadsheet, never a formula", (text) => {
  expect(toCsv([[text]])).toMatch(/^"?'/);
});

test.each(["-12.50", "0", "12", "-3"])("the number %s stays a number", (text) => {
  expect(toCsv([[text]])).toBe(`${text}\r\n`);
});

test("no cell whatever begins as a formula, unless it is a number", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const [cell] = [toCsv([[text]])];
      expect(cell).toMatch(/^(?!"?\s*[=+@])(?!"?\s*-(?!\d+(\.\d+)?\r\n$))/);
    }),
  );
});
