import { expect, test } from "vitest";
import { cellsOf } from "#test/adapters/uploads/read-all.ts";
import { judgeChunk, readChunk, startTally } from "#app/core/uploads/judge-upload.ts";
import { recogniseColumns } from "#app/core/uploads/recognise-columns.ts";
import { wrongRowLines, wrongRowsHead } from "#app/core/uploads/wrong-rows-file.ts";
import { givenContext, rowOf } from "./given-upload.ts";

function wrongFile(...rows: ReturnType<typeof rowOf>[]): string {
  const verdicts = judgeChunk(startTally(), readChunk(rows, givenContext()).read, new Map());
  const wrong = verdicts.filter((each) => each.verdict === "wrong");
  return wrongRowsHead(["Promo Code", "Partner"]) + wrongRowLines(wrong);
}

test("wrong rows come back with their number, every reason and their own cells", async () => {
  const file = wrongFile(rowOf(2, "ANNA10", "10001"), rowOf(9, "", 'Nobody, "Ltd"', "x", "", "y"));
  const [head, row, ...others] = await cellsOf(file);
  expect(head).toEqual(["Row", "Reason", "Promo Code", "Partner"]);
  expect(row?.[0]).toBe("9");
  expect(row?.[1]).toMatch(/no code\. .* has the name .* is no date\. .* is no reach/);
  expect(row?.slice(2)).toEqual(["", 'Nobody, "Ltd"', "x", "", "y"]);
  expect(others).toEqual([]);
});

test("a cell that a spreadsheet would run is written back as text", () => {
  expect(wrongFile(rowOf(2, '=HYPERLINK("http://x.example")', "10001"))).toContain(
    `,"'=HYPERLINK(""http://x.example"")",10001`,
  );
});

test("the file, corrected, is recognised when it is uploaded again", async () => {
  const rows = await cellsOf(wrongFile(rowOf(2, "ANNA10", "Nobody")));
  const found = recogniseColumns({ rows: rows.map((cells, at) => ({ number: at + 1, cells })) });
  expect(found).toMatchObject({ kind: "recognised", mapping: { code: 2, partner: 3 } });
});
