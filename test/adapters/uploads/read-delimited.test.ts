import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { cellsOf, readAll } from "./read-all.ts";

const TABLE = [
  ["Code", "Partner"],
  ["ANNA10", "Müller & Söhne"],
  ["BEN10", "Café Zoë"],
];
const TEXT = TABLE.map((row) => `${row.join(";")}\r\n`).join("");

test.each([
  ["UTF-8", Buffer.from(TEXT)],
  ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${TEXT}`)],
  ["UTF-16 LE", Buffer.from(`\uFEFF${TEXT}`, "utf16le")],
  ["UTF-16 BE", iconv.encode(`\uFEFF${TEXT}`, "utf-16be")],
  ["UTF-16 LE without a mark", Buffer.from(TEXT, "utf16le")],
  ["UTF-16 BE without a mark", iconv.encode(TEXT, "utf-16be")],
  ["Windows-1252", iconv.encode(TEXT, "windows-1252")],
])("umlauts are read in %s, however the bytes arrive", async (_, bytes) => {
  expect(await cellsOf(bytes)).toEqual(TABLE);
  expect(await cellsOf(bytes, { chunk: 1 })).toEqual(TABLE);
});

test("the euro sign and curly quotes of Windows-1252 are read", async () => {
  const bytes = iconv.encode("Code,Partner\nA1,“Zehn €”\n", "windows-1252");
  expect(await cellsOf(bytes)).toEqual([
    ["Code", "Partner"],
    ["A1", "“Zehn €”"],
  ]);
});

test("an umlaut far behind the first 64 KB still tells Windows-1252", async () => {
  const many = Array.from({ length: 10_000 }, (_, at) => `CODE${at},Anna\n`).join("");
  const rows = await cellsOf(iconv.encode(`${many}LAST,Jörg\n`, "windows-1252"));
  expect(rows.at(-1)).toEqual(["LAST", "Jörg"]);
});

test.each([",", ";", "\t", "|"])("cells parted by %j are told apart", async (delimiter) => {
  const text = `Code${delimiter}Partner\nA1${delimiter}Anna\nB2${delimiter}Ben\n`;
  expect(await cellsOf(text)).toEqual([
    ["Code", "Partner"],
    ["A1", "Anna"],
    ["B2", "Ben"],
  ]);
});

test("commas in amounts and names do not hide the semicolon", async () => {
  const rows = await cellsOf("Code;Partner;Wert\nA1;Smith, Anna;1,50\nB2;Doe, Ben;2,50\n");
  expect(rows[1]).toEqual(["A1", "Smith, Anna", "1,50"]);
});

test("Excel's own line about the delimiter is obeyed and is no row", async () => {
  const { rows } = await readAll("sep=|\r\nCode|Partner\r\nA1|Anna\r\n");
  expect(rows[0]).toEqual({ number: 1, cells: ["Code", "Partner"] });
});

test("quoted cells hold line breaks, delimiters and doubled quotes", async () => {
  const text = 'Code,Partner\r\n"A1","Anna ""the\r\nBest"", Ltd"\r\nB2,Ben\r\n';
  expect((await readAll(text)).rows).toEqual([
    { number: 1, cells: ["Code", "Partner"] },
    { number: 2, cells: ["A1", 'Anna "the\r\nBest", Ltd'], lines: { from: 2, to: 3 } },
    { number: 3, cells: ["B2", "Ben"] },
  ]);
});

test("a quotation mark within a cell is a character like any other", async () => {
  expect(await cellsOf('Code,Partner\nA1,5" Records\n')).toContainEqual(["A1", '5" Records']);
});

test("blanks around a quoted cell are no part of it", async () => {
  expect(await cellsOf('Code, Partner\n"A1" , "Anna, Ltd" \n')).toContainEqual(["A1", "Anna, Ltd"]);
});

test.each(["\r\n", "\n", "\r"])("rows end with %j", async (lineEnd) => {
  const text = ["Code,Partner", "A1,Anna", "B2,Ben"].join(lineEnd);
  expect(await cellsOf(text)).toHaveLength(3);
});

test("line ends may be mixed", async () => {
  expect(await cellsOf("Code,Partner\r\nA1,Anna\nB2,Ben\rC3,Cleo")).toHaveLength(4);
});

test("blanks of every kind are cut off at both ends", async () => {
  const text = "Code,Partner\nA1\u00a0 ,\u00a0\u200b Anna\u2003B \u202f\n";
  expect(await cellsOf(text)).toContainEqual(["A1", "Anna\u2003B"]);
});

test("blank rows are left out, and row numbers count them as a spreadsheet does", async () => {
  const { rows } = await readAll("Code,Partner\n\n , \nA1,Anna\n,,,\nB2,Ben\n\n");
  expect(rows.map(({ number }) => number)).toEqual([1, 4, 6]);
});

test("tabs between empty cells keep the cells apart", async () => {
  expect(await cellsOf("Code\tStart\tPartner\nA1\t\tAnna\n")).toContainEqual(["A1", "", "Anna"]);
});

test("a cell that looks like a formula is kept as text", async () => {
  expect(await cellsOf("Code,Partner\n=1+1,@SUM(A1)\n")).toContainEqual(["=1+1", "@SUM(A1)"]);
});

test("a file of one column is read", async () => {
  expect(await cellsOf("Code\nA1\nB2\n")).toEqual([["Code"], ["A1"], ["B2"]]);
});
