import { expect, test } from "vitest";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { failure, success } from "#app/core/result.ts";
import {
  judgeChunk,
  readChunk,
  startTally,
  type KnownCode,
  type UploadTally,
} from "#app/core/uploads/judge-upload.ts";
import { judgeRows } from "#app/core/uploads/judge-rows.ts";
import type { UploadRow } from "#app/core/uploads/upload-row.ts";
import { givenContext, rowOf } from "./given-upload.ts";

const ANNA = { partnerId: "10001" as PartnerId, name: "Anna" };
const TIME = {
  now: new Date("2026-02-01T00:00:00Z"),
  discount: {
    startsAt: new Date("2026-01-10T00:00:00Z"),
    endsAt: new Date("2026-06-01T00:00:00Z"),
  },
};
const OPEN = { standing: "standing", startsAt: null, endsAt: null, reach: null } as const;

function judge(rows: UploadRow[], known: Record<string, KnownCode> = {}, tally = startTally()) {
  const { read } = readChunk(rows, givenContext());
  const verdicts = judgeChunk(
    tally,
    read,
    new Map(Object.entries(known)) as Map<DiscountCode, KnownCode>,
  );
  return { verdicts, counts: tally.counts };
}

function kindsOf(tally: UploadTally) {
  return tally.counts.wrongByKind;
}

test("a code that nobody has is new", () => {
  const { verdicts, counts } = judge([rowOf(2, "ANNA10", "10001")]);
  expect(verdicts).toMatchObject([{ verdict: "new", wanted: { code: "ANNA10" } }]);
  expect(counts).toMatchObject({ rows: 1, new: 1, wrong: 0 });
});

test("the same row again changes nothing", () => {
  const ours: KnownCode = {
    ...{ kind: "ours", standing: "standing" },
    partner: ANNA,
    startsAt: new Date("2026-01-01T05:00:00Z"),
    endsAt: null,
    reach: "ALWAYS",
  };
  const { counts } = judge(
    [rowOf(2, "anna10", "10001", "2026-01-01", "", "always"), rowOf(3, "BEN10", "10001")],
    { ANNA10: ours, BEN10: ours },
  );
  expect(counts).toMatchObject({ yoursUnchanged: 2, new: 0, wrong: 0 });
});

test("a row that would change a code of yours is wrong, with what to do instead for each cell", () => {
  const ours: KnownCode = { kind: "ours", partner: ANNA, ...OPEN };
  const row = rowOf(2, "ANNA10", "10001", "2026-01-01", "2027-01-01", "winner");
  const { verdicts, counts } = judge([row], { ANNA10: ours });
  const problem = (column: string, message: string) => ({
    ...{ kind: "changes-yours", column },
    message: `ANNA10 is yours already, and a file changes no code: ${message}`,
  });
  expect(verdicts).toMatchObject([
    {
      verdict: "wrong",
      problems: [
        problem("startsOn", "its start stays. Empty that cell, or delete the row."),
        problem(
          "endsOn",
          "its end stays. Empty that cell, and retire the code on the Codes page on that day.",
        ),
        problem(
          "reach",
          "its reach stays. Empty that cell, or retire the code and upload another one.",
        ),
      ],
    },
  ]);
  expect(counts).toMatchObject({ wrong: 1, wrongByKind: { "changes-yours": 1 } });
});

test("a code of yours without a partner is to be assigned on the Codes page", () => {
  const { verdicts } = judge([rowOf(2, "ANNA10", "10001")], {
    ANNA10: { kind: "ours", partner: null, ...OPEN },
  });
  expect(verdicts).toMatchObject([{ verdict: "wrong", problems: [{ column: "partner" }] }]);
  expect(verdicts[0]).toMatchObject({
    problems: [{ message: expect.stringMatching(/Assign them together/) }],
  });
});

test.each([
  ["retired", /is retired: it stays as history.*Choose another code/],
  ["failed", /Shopify refused to make it again.*Problems page/],
] as const)("a code of yours that is %s is wrong, and what to do is said", (standing, why) => {
  const { verdicts } = judge([rowOf(2, "ANNA10", "10002")], {
    ANNA10: { kind: "ours", partner: standing === "failed" ? ANNA : null, ...OPEN, standing },
  });
  expect(verdicts).toMatchObject([
    { problems: [{ kind: standing, message: expect.stringMatching(why) }] },
  ]);
});

test("a code of another partner is wrong: reassigning is an action of its own", () => {
  const { verdicts, counts } = judge([rowOf(2, "ANNA10", "10002")], {
    ANNA10: { kind: "ours", partner: ANNA, ...OPEN },
  });
  expect(verdicts).toMatchObject([{ verdict: "wrong", problems: [{ kind: "other-partner" }] }]);
  expect(verdicts[0]).toMatchObject({
    problems: [{ message: expect.stringMatching(/belongs to Anna \(10001\)\. .*reassign it/) }],
  });
  expect(counts.wrongByKind).toEqual({ "other-partner": 1 });
});

test("a code that is taken elsewhere is wrong, and where is said", () => {
  const { verdicts } = judge([rowOf(2, "ANNA10", "10001")], {
    ANNA10: { kind: "foreign", where: "in Shopify by the discount “Spring”" },
  });
  expect(verdicts[0]).toMatchObject({
    problems: [
      {
        kind: "taken-elsewhere",
        message: "ANNA10 is taken in Shopify by the discount “Spring”. Choose another code.",
      },
    ],
  });
});

test("a code that stands twice is wrong the second time, whatever its case and chunk", () => {
  const tally = startTally();
  judge([rowOf(2, "ANNA10", "10001"), rowOf(3, "Anna10", "10001")], {}, tally);
  const { verdicts } = judge([rowOf(4, "anna10", "10002")], {}, tally);
  expect(verdicts[0]).toMatchObject({
    problems: [{ message: expect.stringMatching(/^ANNA10 stands in row 2 already/) }],
  });
  expect(tally.counts).toMatchObject({ rows: 3, new: 1, wrong: 2 });
  expect(kindsOf(tally)).toEqual({ "twice-in-file": 2 });
});

test("a wrong row keeps its code too: which of the two is meant is not guessed", () => {
  const tally = startTally();
  judge([rowOf(2, "ANNA10", "Nobody"), rowOf(3, "ANNA10", "10001")], {}, tally);
  expect(kindsOf(tally)).toEqual({ "partner-unknown": 1, "twice-in-file": 1 });
});

test.each([
  ["ends", "before today", ["", "2026-01-30"], /its end has passed/],
  ["starts", "when its discount has ended", ["2026-06-02", ""], /it starts when its discount/],
])("a new code that %s %s would never work, and is wrong", (_edge, _when, dates, why) => {
  const { read } = readChunk([rowOf(2, "NEW1", "10001", ...dates)], givenContext());
  const [verdict] = judgeChunk(startTally(), read, new Map(), TIME);
  expect(verdict).toMatchObject({
    verdict: "wrong",
    problems: [{ kind: "never-works", message: expect.stringMatching(why) as string }],
  });
});

test("a new code that ends before a discount that is still to start is wrong", () => {
  const { read } = readChunk([rowOf(2, "NEW1", "10001", "", "2026-01-05")], givenContext());
  const early = { ...TIME, now: new Date("2026-01-01T00:00:00Z") };
  expect(judgeChunk(startTally(), read, new Map(), early)).toMatchObject([
    { problems: [{ message: expect.stringContaining("before its discount starts") as string }] },
  ]);
});

test("a code that is the shop's already is unchanged, though its time is over", () => {
  const end = new Date("2026-01-31T05:00:00Z");
  const known = { NEW1: { kind: "ours", partner: ANNA, ...OPEN, endsAt: end } } as const;
  const { read } = readChunk([rowOf(2, "NEW1", "10001", "", "2026-01-30")], givenContext());
  const found = new Map(Object.entries(known)) as Map<DiscountCode, KnownCode>;
  expect(judgeChunk(startTally(), read, found, TIME)).toMatchObject([
    { verdict: "yours-unchanged" },
  ]);
});

test("rows of a stream are judged by the thousand, and a problem of the file comes last", async () => {
  const asked: number[] = [];
  async function* rows() {
    yield success(rowOf(1, "Code", "Partner"));
    for (let at = 0; at < 1500; at += 1) yield success(rowOf(at + 2, `C${at}`, "10001"));
    const problem = { kind: "upload-broken", retry: "never", message: "It ends here." } as const;
    yield failure(problem);
  }
  const chunks = [];
  const findKnown = async (codes: DiscountCode[]) => {
    asked.push(codes.length);
    return new Map<DiscountCode, KnownCode>();
  };
  const judging = { ...givenContext(), firstRow: 2, findKnown, time: TIME };
  for await (const chunk of judgeRows(rows(), judging)) {
    chunks.push(chunk.ok ? chunk.value.counts.new : chunk.problem.message);
  }
  expect(chunks).toEqual([1000, 1500, "It ends here."]);
  expect(asked).toEqual([1000, 500]);
});
