import fc from "fast-check";
import iconv from "iconv-lite";
import { test, expect } from "vitest";
import { DELIMITERS } from "#app/adapters/uploads/sniff-delimiter.ts";
import { trimCell } from "#app/adapters/uploads/trim-cell.ts";
import { cellsOf } from "./read-all.ts";

/** What has no byte in Windows-1252, or means binary data, can't be written. */
const inWindows1252 = (text: string) =>
  iconv.decode(iconv.encode(text, "cp1252"), "cp1252") === text;

const cell = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.string({ unit: fc.constantFrom(..."ab1 \"',;|\t\r\n=äß€".split("")), maxLength: 8 }),
  )
  .filter((text) => !text.includes("\0") && !text.includes("\uFEFF"));

const table = fc.integer({ min: 1, max: 5 }).chain((columns) =>
  fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), {
    minLength: 1,
    maxLength: 20,
  }),
);

const ENCODINGS = ["utf8", "utf8 with mark", "utf-16le", "utf-16be", "windows-1252"] as const;

test("any table, whatever its delimiter, line ends, quoting and encoding, is read back the same", async () => {
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom(...DELIMITERS),
      fc.constantFrom("\r\n", "\n", "\r"),
      fc.constantFrom(...ENCODINGS),
      fc.boolean(),
      fc.integer({ min: 1, max: 40 }),
      async (rows, delimiter, lineEnd, encoding, quoteAll, chunk) => {
        const quote = (text: string) =>
          quoteAll || /[\t;|,"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
        // A heading like any file of codes has, as wide as the table.
        const heading = Array.from({ length: rows[0]?.length ?? 1 }, (_, at) => `Column ${at}`);
        const text = [heading, ...rows]
          .map((row) => row.map(quote).join(delimiter) + lineEnd)
          .join("");
        fc.pre(encoding !== "windows-1252" || inWindows1252(text));
        const expected = rows
          .map((row) => row.map(trimCell))
          .filter((row) => row.some((each) => each !== ""));
        expect(await cellsOf(encode(text, encoding), { chunk })).toEqual([heading, ...expected]);
      },
    ),
    { numRuns: 300 },
  );
});

function encode(text: string, encoding: (typeof ENCODINGS)[number]): Buffer {
  if (encoding === "utf8" || encoding === "windows-1252") return iconv.encode(text, encoding);
  return iconv.encode(`\uFEFF${text}`, encoding === "utf8 with mark" ? "utf8" : encoding);
}
