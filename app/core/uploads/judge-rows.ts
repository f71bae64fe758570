import type { DiscountCode } from "../ids.ts";
import { failure, success, type Result } from "../result.ts";
import {
  judgeChunk,
  readChunk,
  startTally,
  type KnownCode,
  type RowVerdict,
  type UploadCounts,
  type WorkingTime,
} from "./judge-upload.ts";
import type { RowContext } from "./read-upload-row.ts";
import type { UploadProblem, UploadRow } from "./upload-row.ts";

const CHUNK_ROWS = 1000;

export interface JudgedChunk {
  verdicts: RowVerdict[];
  /** Of the file so far. */
  counts: UploadCounts;
}

interface Judging extends RowContext {
  time: WorkingTime;
  /** Rows above it are titles and headings. */
  firstRow: number;
  /** What exists already of these codes; asked once for each chunk. */
  findKnown: (codes: DiscountCode[]) => Promise<ReadonlyMap<DiscountCode, KnownCode>>;
}

/**
 * Judges a file as it is read, a thousand rows at a time; nothing is written. A problem of the file
 * comes last, after the chunks that could be read.
 */
export async function* judgeRows(
  rows: AsyncIterable<Result<UploadRow, UploadProblem>>,
  { firstRow, findKnown, time, ...context }: Judging,
): AsyncGenerator<Result<JudgedChunk, UploadProblem>> {
  const tally = startTally();
  const judge = async (chunk: UploadRow[]): Promise<JudgedChunk> => {
    const { read, codes } = readChunk(chunk, context);
    const verdicts = judgeChunk(tally, read, await findKnown(codes), time);
    const { wrongByKind } = tally.counts;
    return { verdicts, counts: { ...tally.counts, wrongByKind: { ...wrongByKind } } };
  };
  let chunk: UploadRow[] = [];
  let problem: UploadProblem | null = null;
  for await (const row of rows) {
    if (!row.ok) {
      problem = row.problem;
      break;
    }
    if (row.value.number < firstRow) continue;
    chunk.push(row.value);
    if (chunk.length < CHUNK_ROWS) continue;
    yield success(await judge(chunk));
    chunk = [];
  }
  if (chunk.length > 0) yield success(await judge(chunk));
  if (problem) yield failure(problem);
}
