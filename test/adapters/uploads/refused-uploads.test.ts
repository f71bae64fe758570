import { writeXlsx } from "hucre/xlsx";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readUpload } from "#app/adapters/uploads/read-upload.ts";
import { readAll, refusalOf } from "./read-all.ts";
import { workbookOf, zipOf } from "./zip-of.ts";

const COMPOUND_FILE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0]);

test.each([
  ["a PDF", Buffer.from("%PDF-1.7\n1 0 obj\n"), /is a PDF, whatever its name says/],
  ["a PNG", Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), /is a picture \(PNG\)/],
  ["a JPEG", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), /is a picture \(JPEG\)/],
  ["a HEIC", Buffer.from("\0\0\0\x18ftypheic\0\0"), /is a picture or a video/],
  ["a gzip", gzipSync("Code,Partner\n"), /is a packed archive \(gzip\)/],
  ["an old .xls", COMPOUND_FILE, /is an old Excel file \(\.xls\)/],
  ["a web page", "\uFEFF<html><table><tr><td>Code</td></tr></table></html>", /is a web page/],
  ["binary data", Buffer.from([65, 44, 0, 1, 2, 0, 66, 10]), /no text but binary data/],
])("%s is refused by its content with a sentence", async (_, file, sentence) => {
  const { rows, problem } = await readAll(file);
  expect(rows).toEqual([]);
  expect(problem).toMatchObject({ kind: "upload-format", retry: "never" });
  expect(problem?.message).toMatch(sentence);
});

test.each([
  ["a zip", { "codes.csv": "Code,Partner" }, /packed archive \(zip\)/],
  ["a Word document", { "[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>" }, /Word/],
  ["an .ods", { mimetype: "application/vnd.oasis", "content.xml": "<o/>" }, /OpenDocument/],
])("%s is refused by what is in it", async (_, parts, sentence) => {
  expect(await refusalOf(await zipOf(parts as Record<string, string>))).toMatch(sentence);
});

test.each([
  ["no byte", ""],
  ["a byte order mark alone", "\uFEFF"],
  ["blank lines alone", " \r\n\n;;;\n"],
])("a file of %s is refused as empty", async (_, file) => {
  expect((await readAll(file)).problem?.kind).toBe("upload-empty");
});

test("a workbook without a row is refused as empty", async () => {
  expect((await readAll(await workbookOf("<row/>"))).problem?.kind).toBe("upload-empty");
});

test("zeros far inside a text are refused where they stand", async () => {
  const many = "CODE1,Anna\n".repeat(20_000);
  const { rows, problem } = await readAll(`${many}A\0B,Ben\n`);
  expect(rows.length).toBeGreaterThan(0);
  expect(problem?.message).toMatch(/binary data/);
});

test("2 GB are cut off at the limit: nothing after it is asked for", async () => {
  let sent = 0;
  let letGo = false;
  async function* twoGigabytes() {
    const chunk = Buffer.from("CODE,Partner\n".repeat(5000));
    try {
      for (; sent < 2_000_000_000; sent += chunk.length) yield chunk;
    } finally {
      letGo = true;
    }
  }
  const limit = 1_000_000;
  let last;
  for await (const row of readUpload(twoGigabytes(), { sizeLimit: limit })) last = row;
  expect(last).toMatchObject({ ok: false, problem: { kind: "upload-too-large" } });
  expect(last).toMatchObject({ problem: { message: expect.stringContaining("1 MB") } });
  expect(sent).toBeLessThan(limit + 500_000);
  expect(letGo).toBe(true);
});

test("a workbook over the limit is cut off too, and leaves nothing on disk", async () => {
  const rows = Array.from({ length: 2000 }, (_, at) => [`CODE${at}`, Math.random()]);
  const file = await writeXlsx({ sheets: [{ name: "Codes", rows }] });
  expect(await refusalOf(file, { sizeLimit: file.length - 1, chunk: 1000 })).toMatch(/larger than/);
  expect((await readAll(file, { sizeLimit: file.length })).problem).toBeNull();
  const left = (await readdir(tmpdir())).filter((name) => name.startsWith("partner-codes-upload-"));
  expect(left).toEqual([]);
});

test("the sender is let go of when nobody wants more rows", async () => {
  let letGo = false;
  async function* forever() {
    try {
      for (;;) yield Buffer.from("CODE,Partner\n".repeat(1000));
    } finally {
      letGo = true;
    }
  }
  for await (const row of readUpload(forever(), { sizeLimit: 1e9 })) if (row.ok) break;
  expect(letGo).toBe(true);
});

test("200,000 rows below their headings are taken, one more is refused", async () => {
  const text = "Code,Partner\n" + "CODE1,Anna\n".repeat(200_000);
  expect((await readAll(text)).rows).toHaveLength(200_001);
  const { problem } = await readAll(`${text}ONE,Anna\n`);
  expect(problem).toMatchObject({ kind: "upload-too-many-rows" });
  expect(problem?.message).toContain("more than 200,000 rows");
});

test("a quote that never closes is refused with the row it opens in", async () => {
  const text = 'Code,Partner\nA1,Anna\nB2,"Ben\n' + "C3,Cleo\n".repeat(200_000);
  const { problem } = await readAll(text);
  expect(problem?.kind).toBe("upload-broken");
  expect(problem?.message).toMatch(/from row 3 on: a quotation mark opens there/);
});

test("a quote still open at the end is refused too", async () => {
  expect(await refusalOf('Code,Partner\nA1,"Anna\n')).toMatch(/from row 2 on/);
});

test("a quote that the next one closes swallows the lines between, and the row tells which", async () => {
  const lines = ["Code,Partner", 'A1,"Ben', "B2,Ben", "C3,Ben", 'D4,Ben"', "E5,Ben"];
  const { rows } = await readAll(lines.join("\r\n"));
  expect(rows.map(({ number, lines }) => [number, lines])).toEqual([
    [1, undefined],
    [2, { from: 2, to: 5 }],
    [3, undefined],
  ]);
});

test("a workbook with a password is refused by saying so", async () => {
  const encryption = { password: "secret", spinCount: 1000 };
  const file = await writeXlsx({ sheets: [{ name: "Codes", rows: [["A1"]] }], encryption });
  expect((await readAll(file)).problem).toMatchObject({ kind: "upload-locked" });
});

test("a workbook that is cut off or has a broken part is refused as broken", async () => {
  const rows = Array.from({ length: 500 }, (_, at) => [`CODE${at}`, Math.random()]);
  const file = await writeXlsx({ sheets: [{ name: "Codes", rows }] });
  expect((await readAll(file.subarray(0, file.length / 2))).problem?.kind).toBe("upload-broken");
  const unclosed = await workbookOf("<row><c><v>1</v></c>");
  expect((await readAll(unclosed)).problem?.kind).toBe("upload-broken");
  const noSheet = await workbookOf("", { "xl/workbook.xml": "<workbook><sheets/></workbook>" });
  expect((await readAll(noSheet)).problem?.kind).toBe("upload-broken");
});

test("any flipped byte of a workbook gives the same rows or a sentence, never a crash", async () => {
  const rows = Array.from({ length: 20 }, (_, at) => [`CODE${at}`, at]);
  const file = await writeXlsx({ sheets: [{ name: "Codes", rows }] });
  for (let at = 4; at < file.length; at += 13) {
    const flipped = Uint8Array.from(file);
    flipped[at] = (flipped[at] ?? 0) ^ 0x5a;
    const { rows: read, problem } = await readAll(flipped);
    if (problem) expect(problem.message).toMatch(/\.$/);
    else expect(read).toHaveLength(20);
  }
});

const MEGABYTE = 1_000_000;
function* times(count: number, piece: string): Iterable<string> {
  for (let at = 0; at < count; at += 1) yield piece;
}

test.each([
  ["one endless text", () => ["<row><c><v>", ...times(180, "1".repeat(MEGABYTE))]],
  ["endless depth", () => times(10, "<a>".repeat(MEGABYTE / 3))],
])("a zip bomb of %s is refused while it unpacks", async (_, sheetData) => {
  const bomb = await workbookOf(sheetData);
  expect(bomb.length).toBeLessThan(5 * MEGABYTE);
  expect((await readAll(bomb)).problem?.kind).toBe("upload-too-large");
});

test("blank rows without end are refused, in a workbook and in a text", async () => {
  const bomb = await workbookOf(() => times(180, "<row/>".repeat(MEGABYTE / 6)));
  expect((await readAll(bomb)).problem?.kind).toBe("upload-too-many-rows");
  const text = Buffer.alloc(1_100_000, "\n");
  expect((await readAll(text)).problem?.kind).toBe("upload-too-many-rows");
});

test("a zip bomb of shared texts is refused while it unpacks", async () => {
  const bomb = await workbookOf("<row/>", {
    "xl/sharedStrings.xml": function* () {
      yield "<sst>";
      yield* times(60, "<si/>".repeat(MEGABYTE / 5));
      yield "</sst>";
    },
  });
  expect((await readAll(bomb)).problem?.kind).toBe("upload-too-large");
});

test("entities that a document type defines are never expanded", async () => {
  const bomb = await workbookOf("<row><c><v>&b;</v></c></row>", {
    "xl/styles.xml": '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><s>&b;</s>',
  });
  expect((await readAll(bomb)).problem?.kind).toBe("upload-broken");
});

test("a cell beyond column 256 is refused with its row", async () => {
  const file = await workbookOf('<row r="3"><c r="ZZ3"><v>1</v></c></row>');
  expect(await refusalOf(file)).toMatch(/^Row 3 holds something beyond column 256/);
});
