import { createReadStream } from "node:fs";
import { readUpload } from "#app/adapters/uploads/read-upload.ts";
import type { PartnerId } from "#app/core/ids.ts";
import type { UploadCounts } from "#app/core/uploads/judge-upload.ts";
import { judgeRows } from "#app/core/uploads/judge-rows.ts";
import { partnerLookup } from "#app/core/uploads/partner-lookup.ts";
import { peekRows } from "#app/core/uploads/peek-rows.ts";
import { dateReader } from "#app/core/uploads/read-upload-date.ts";
import { recogniseColumns, ROWS_TO_RECOGNISE } from "#app/core/uploads/recognise-columns.ts";

/** Run as a process of its own: judges the file named on the command line, says what it took. */
const partners = Array.from({ length: 500 }, (_, at) => ({
  partnerId: String(10_000 + at) as PartnerId,
  name: `Partner ${at % 499}`,
}));
const file = process.argv[2] ?? "";
const peeked = await peekRows(
  readUpload(createReadStream(file), { sizeLimit: 100_000_000 }),
  ROWS_TO_RECOGNISE,
);
if (!peeked.ok) throw new Error(peeked.problem.message);
const columns = recogniseColumns({ rows: peeked.value.first });
if (columns.kind === "ask") throw new Error(columns.message);
const judged = judgeRows(peeked.value.all(), {
  mapping: columns.mapping,
  firstRow: columns.firstRow,
  partners: partnerLookup(partners, [{ partnerId: "10001" as PartnerId, email: "one@x.example" }]),
  readDate: dateReader("Europe/Berlin"),
  findKnown: async () => new Map(),
  time: { now: new Date(), discount: { startsAt: new Date(0), endsAt: null } },
});
let counts: UploadCounts | null = null;
let wrong = 0;
for await (const chunk of judged) {
  if (!chunk.ok) throw new Error(chunk.problem.message);
  counts = chunk.value.counts;
  wrong += chunk.value.verdicts.filter(({ verdict }) => verdict === "wrong").length;
}
const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify({ counts, wrong, peakMb }));
