import { expect, test } from "vitest";
import { readUploadRow } from "#app/core/uploads/read-upload-row.ts";
import { givenContext, rowOf } from "./given-upload.ts";

function read(...cells: string[]) {
  return readUploadRow(rowOf(7, ...cells), givenContext());
}

function problemsOf(...cells: string[]): [kind: string, message: string][] {
  const result = read(...cells);
  return result.ok ? [] : result.problems.map(({ kind, message }) => [kind, message]);
}

test("a full row becomes the code it asks for, its days the shop's", () => {
  expect(read("anna10", "10001", "2026-01-01", "2026-01-31", "Winner")).toMatchObject({
    ok: true,
    wanted: {
      code: "ANNA10",
      partnerId: "10001",
      startsAt: new Date("2026-01-01T05:00:00Z"),
      endsAt: new Date("2026-02-01T05:00:00Z"),
      reach: "WINNER",
    },
  });
});

test("what a row leaves out is left open", () => {
  expect(read("ANNA10", "10001")).toMatchObject({
    wanted: { startsAt: null, endsAt: null, reach: null },
  });
});

test.each(["10001", "anna  MÜLLER", "Anna\u00a0Müller", "ANNA@x.example"])(
  "%s names the partner",
  (text) => expect(read("ANNA10", text)).toMatchObject({ wanted: { partnerId: "10001" } }),
);

test.each([
  ["no-code", ["", "10001"], /no code/],
  ["formula", ["=1+1", "10001"], /“=1\+1” is a formula to a spreadsheet, and no code/],
  ["formula", ["+A1", "10001"], /formula/],
  ["formula", ["-A1", "10001"], /formula/],
  ["formula", ["@A1", "10001"], /formula/],
  ["code-characters", ["ÄNNA 10", "10001"], /can't be a code\. Use only letters/],
  ["code-too-long", ["A".repeat(65), "10001"], /at most 64 characters/],
  ["no-partner", ["ANNA10", ""], /no partner/],
  ["partner-unknown", ["ANNA10", "Nobody"], /has the name “Nobody”/],
  ["partner-unknown", ["ANNA10", "99999"], /has the id “99999”/],
  ["partner-ambiguous", ["ANNA10", "twin"], /partners 10003, 10004\. Write the id/],
  ["partner-ambiguous", ["ANNA10", "agency@x.example"], /partners 10003, 10004/],
  ["email-unknown", ["ANNA10", "no@x.example"], /has the e-mail “no@x\.example”/],
  ["date-unreadable", ["ANNA10", "10001", "soon"], /The start “soon” is no date/],
  ["date-ambiguous", ["ANNA10", "10001", "", "03/04/2026"], /2026-04-03 or 2026-03-04/],
  ["end-before-start", ["ANNA10", "10001", "2026-02-01", "2026-01-31"], /lies before the start/],
  ["reach-unknown", ["ANNA10", "10001", "", "", "some"], /Write “always”, “involved” or “winner”/],
])("%s is explained by a sentence", (kind, cells, sentence) => {
  expect(problemsOf(...cells)).toEqual([[kind, expect.stringMatching(sentence)]]);
});

test("all that is wrong with a row is said at once", () => {
  const kinds = problemsOf("", "Nobody", "soon", "later", "some").map(([kind]) => kind);
  expect(kinds).toEqual([
    "no-code",
    "partner-unknown",
    "date-unreadable",
    "date-unreadable",
    "reach-unknown",
  ]);
});

test("a code that starts and ends on one day is fine", () => {
  expect(read("ANNA10", "10001", "2026-01-31", "2026-01-31").ok).toBe(true);
});

test("a row that swallows the lines below by its code or partner says so, and from where to where", () => {
  const lines = { from: 3, to: 1203 };
  const row = (...cells: string[]) => ({ ...rowOf(3, ...cells), lines });
  const read = readUploadRow(row("A1", "Ben\nB2,Ben\nC3,Ben"), givenContext());
  expect(read).toMatchObject({
    ok: false,
    problems: [{ kind: "lines-swallowed", column: "partner" }],
  });
  expect(read.ok ? "" : read.problems[0]?.message).toMatch(
    /from line 3 to line 1,203 of the file.+the 1,200 lines below counted as its text/,
  );
  // The note at its end is nobody's, and still no note is that long.
  const note = row("ANNA10", "10001", "", "", "", "See\nbelow");
  expect(readUploadRow(note, givenContext()).ok).toBe(false);
  const short = { ...note, lines: { from: 3, to: 4 } };
  expect(readUploadRow(short, givenContext()).ok).toBe(true);
});
