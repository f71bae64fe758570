import { expect, test } from "vitest";
import { recogniseColumns } from "#app/core/uploads/recognise-columns.ts";
import type { UploadRow } from "#app/core/uploads/upload-row.ts";

function table(...rows: string[][]): UploadRow[] {
  return rows.map((cells, at) => ({ number: at + 1, cells }));
}

const NONE = { startsOn: null, endsOn: null, reach: null };

test.each([
  [
    "impact.com's API",
    [
      "Id",
      "Code",
      "Type",
      "CreditPolicy",
      "CampaignId",
      "AssignedPartnerId",
      "AssignedPartnerName",
      "StartDate",
      "EndDate",
    ],
    { code: 1, partner: 5, startsOn: 7, endsOn: 8, reach: 3 },
  ],
  [
    "impact.com's bulk template",
    [
      "Promo Code",
      "Program Id",
      "Media Id",
      "Type",
      "Credit Rule",
      "Match Mode",
      "Deal Id",
      "Active Start Date",
      "Active End Date",
      "Timezone",
    ],
    { code: 0, partner: 2, startsOn: 7, endsOn: 8, reach: 4 },
  ],
  [
    "impact.com's lists",
    ["Promo Code", "Partner Name", "Start Date"],
    { code: 0, partner: 1, startsOn: 2, endsOn: null, reach: null },
  ],
  [
    "German",
    ["Gutscheincode", "Partner", "Gültig ab", "Gültig bis"],
    { code: 0, partner: 1, startsOn: 2, endsOn: 3, reach: null },
  ],
  [
    "French",
    ["Code promo", "Nom du partenaire", "Date de début", "Date de fin", "Portée"],
    { code: 0, partner: 1, startsOn: 2, endsOn: 3, reach: 4 },
  ],
  [
    "Spanish",
    ["Código", "Correo electrónico", "Fecha de inicio", "Hasta"],
    { code: 0, partner: 1, startsOn: 2, endsOn: 3, reach: null },
  ],
  ["shouted and spaced", [" PROMO  CODE* ", "E-Mail"], { code: 0, partner: 1, ...NONE }],
])("the headings of %s are recognised", (_, headings, mapping) => {
  const found = recogniseColumns({
    rows: table(
      headings,
      headings.map(() => "x"),
    ),
  });
  expect(found).toMatchObject({ kind: "recognised", because: "headings", mapping, firstRow: 2 });
});

test("a title above the headings is no row of codes", () => {
  const rows = table(["Spring codes"], ["as of today"], ["Code", "Partner"], ["A1", "Anna"]);
  expect(recogniseColumns({ rows })).toMatchObject({ kind: "recognised", firstRow: 4 });
});

test("two columns that could hold the code are asked about, with three samples each", () => {
  const rows = table(
    ["Code", "Promo Code", "Partner"],
    ["1", "A1", "Anna"],
    ["", "B2", "Ben"],
    ["3", "C3", "Cleo"],
    ["4", "D4", "Dan"],
  );
  expect(recogniseColumns({ rows })).toEqual({
    kind: "ask",
    message: "Both “Code” and “Promo Code” could hold the code. Say which does.",
    columns: [
      { index: 0, heading: "Code", samples: ["1", "3", "4"] },
      { index: 1, heading: "Promo Code", samples: ["A1", "B2", "C3"] },
      { index: 2, heading: "Partner", samples: ["Anna", "Ben", "Cleo"] },
    ],
    suggestion: { partner: 2 },
    firstRowIsHeading: true,
  });
});

test("headings without a partner are asked about, with what the cells suggest", () => {
  const rows = table(["Code", "Who"], ["A1", "10001"], ["B2", "10002"]);
  const found = recogniseColumns({ rows, isPartner: (cell) => /^1000\d$/.test(cell) });
  expect(found).toMatchObject({ kind: "ask", suggestion: { code: 0, partner: 1 } });
  expect(found).toMatchObject({ message: expect.stringContaining("as the partner") });
});

test("without headings the cells speak for themselves", () => {
  const rows = table(
    ["10001", "ANNA10", "2026-01-01", "2026-02-01", "always"],
    ["10002", "BEN10", "2026-01-01", "2026-02-01", "always"],
  );
  expect(recogniseColumns({ rows, isPartner: (cell) => /^1000\d$/.test(cell) })).toMatchObject({
    kind: "recognised",
    because: "content",
    mapping: { code: 1, partner: 0, startsOn: 2, endsOn: 3, reach: 4 },
    firstRow: 1,
    headings: ["Column A", "Column B", "Column C", "Column D", "Column E"],
  });
});

test("headings nobody knows are passed over where the cells speak for themselves", () => {
  const rows = table(["Kupong", "Partneri"], ["A1", "anna@x.example"], ["B2", "ben@x.example"]);
  expect(recogniseColumns({ rows })).toMatchObject({
    kind: "recognised",
    mapping: { code: 0, partner: 1 },
    firstRow: 2,
    headings: ["Kupong", "Partneri"],
  });
});

test("two columns that look alike are asked about", () => {
  const rows = table(["ANNA10", "Anna"], ["BEN10", "Ben"]);
  expect(recogniseColumns({ rows })).toMatchObject({ kind: "ask", suggestion: {} });
});

test("a mapping by hand overrides the headings", () => {
  const rows = table(["Code", "Partner", "Other"], ["x", "Anna", "A1"]);
  const mapping = { code: 2, partner: 1, ...NONE };
  expect(recogniseColumns({ rows, byHand: { mapping, firstRowIsHeading: true } })).toMatchObject({
    kind: "recognised",
    because: "hand",
    mapping,
    firstRow: 2,
  });
});

test.each([
  [{ code: 5, partner: 1, ...NONE }, /no such column/],
  [{ code: 1, partner: 1, ...NONE }, /chosen twice/],
])("a mapping by hand that can't be is asked for again", (mapping, message) => {
  const rows = table(["A1", "Anna"]);
  const found = recogniseColumns({ rows, byHand: { mapping, firstRowIsHeading: false } });
  expect(found).toMatchObject({ kind: "ask", message: expect.stringMatching(message) });
});
