import { writeXlsx, writeXlsxStream } from "hucre/xlsx";
import { expect, test } from "vitest";
import { cellsOf, readAll } from "./read-all.ts";
import { workbookOf } from "./zip-of.ts";

const DAY = new Date("2026-01-31T00:00:00Z");

test("texts, numbers, days and booleans of a workbook are read as they show", async () => {
  const file = await writeXlsx({
    sheets: [
      {
        name: "Codes",
        columns: [{}, {}, { numFmt: "dd.mm.yyyy" }],
        rows: [
          ["Code", "Partner", "Start", "Live"],
          ["ANNA10", 10001, DAY, true],
          ["  Größe\u00a0", 1234567890123456, DAY, null],
        ],
      },
    ],
  });
  expect(await cellsOf(file)).toEqual([
    ["Code", "Partner", "Start", "Live"],
    ["ANNA10", "10001", "2026-01-31", "TRUE"],
    ["Größe", "1234567890123456", "2026-01-31"],
  ]);
});

test("a workbook written as a stream, with inline texts, is read the same", async () => {
  const rows = [
    ["Code", "Partner"],
    ["ANNA10", "Anna & Söhne"],
  ];
  const stream = writeXlsxStream(rows, { name: "Codes" });
  const bytes = Buffer.from(await new Response(stream as BodyInit).arrayBuffer());
  expect(await cellsOf(bytes)).toEqual(rows);
});

test("a formula is read as its last result", async () => {
  const cells = new Map([
    ["1,0", { formula: '"AN"&"NA"', formulaResult: "ANNA" }],
    ["1,1", { formula: "5000*2+1", formulaResult: 10001 }],
  ]);
  const rows = [
    ["Code", "Partner"],
    ["", ""],
  ];
  const file = await writeXlsx({ sheets: [{ name: "Codes", rows, cells }] });
  expect(await cellsOf(file)).toContainEqual(["ANNA", "10001"]);
});

test("a formula that was never worked out stays visible as one", async () => {
  const file = await workbookOf('<row><c t="str"><f>A1&amp;"X"</f></c><c><v>10001</v></c></row>');
  expect(await cellsOf(file)).toEqual([['=A1&"X"', "10001"]]);
});

test("rows and cells that are left out keep their places", async () => {
  const cell = (address: string) =>
    `<c r="${address}" t="inlineStr"><is><t>${address}</t></is></c>`;
  const file = await workbookOf(
    `<row r="2">${cell("B2")}${cell("D2")}</row><row r="3"/><row r="7">${cell("AA7")}</row>`,
  );
  const { rows } = await readAll(file);
  expect(rows.map(({ number }) => number)).toEqual([2, 7]);
  expect(rows[0]?.cells).toEqual(["", "B2", "", "D2"]);
  expect(rows[1]?.cells).toHaveLength(27);
});

test("rich text is one text, and phonetic guides are no part of it", async () => {
  const shared =
    "<sst><si><r><t>AN</t></r><r><t>NA</t></r></si>" +
    '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si><si><t>a_x000D_b</t></si></sst>';
  const cells = [0, 1, 2].map((at) => `<c t="s"><v>${at}</v></c>`).join("");
  const file = await workbookOf(`<row>${cells}</row>`, { "xl/sharedStrings.xml": shared });
  expect(await cellsOf(file)).toEqual([["ANNA", "東京", "a\rb"]]);
});

test("numbers come without exponent, and days with their time where they have one", async () => {
  const styles =
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-407]dd/mm/yyyy&quot; day&quot;"/>' +
    '<numFmt numFmtId="165" formatCode="0.00&quot;days&quot;"/></numFmts>' +
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>';
  const cells = [
    '<c s="0"><v>1.2E+5</v></c>',
    '<c s="1"><v>46053</v></c>',
    '<c s="2"><v>46053.5</v></c>',
    '<c s="3"><v>12.5</v></c>',
    '<c t="e"><v>#N/A</v></c>',
  ];
  const file = await workbookOf(`<row>${cells.join("")}</row>`, { "xl/styles.xml": styles });
  expect(await cellsOf(file)).toEqual([
    ["120000", "2026-01-31", "2026-01-31T12:00:00", "12.5", "#N/A"],
  ]);
});

test("days of a workbook that counts from 1904 are right", async () => {
  const file = await writeXlsx({
    dateSystem: "1904",
    sheets: [{ name: "Codes", columns: [{ numFmt: "yyyy-mm-dd" }], rows: [[DAY]] }],
  });
  expect(await cellsOf(file)).toEqual([["2026-01-31"]]);
});

test("the first visible sheet is read", async () => {
  const file = await writeXlsx({
    sheets: [
      { name: "Lists", hidden: true, rows: [["hidden"]] },
      { name: "Codes", rows: [["visible"]] },
      { name: "More", rows: [["second"]] },
    ],
  });
  expect(await cellsOf(file)).toEqual([["visible"]]);
});
