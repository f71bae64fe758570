import { success, type Result } from "../result.ts";
import type { UploadProblem, UploadRow } from "./upload-row.ts";

type Rows = AsyncIterable<Result<UploadRow, UploadProblem>>;

export interface PeekedRows {
  first: UploadRow[];
  /** Every row, the first ones again; to be read once. */
  all(): AsyncGenerator<Result<UploadRow, UploadProblem>>;
  /** Lets go of the file where the rows are not wanted after all. */
  close(): Promise<void>;
}

/** The first rows of a file, to recognise its columns by, and then all of them. */
export async function peekRows(
  rows: Rows,
  howMany: number,
): Promise<Result<PeekedRows, UploadProblem>> {
  const iterator = rows[Symbol.asyncIterator]();
  const close = async () => void (await iterator.return?.());
  const first: UploadRow[] = [];
  while (first.length < howMany) {
    const step = await iterator.next();
    if (step.done) break;
    if (!step.value.ok) {
      await close();
      return step.value;
    }
    first.push(step.value.value);
  }
  async function* all() {
    try {
      for (const row of first) yield success(row);
      for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
        yield step.value;
      }
    } finally {
      await close();
    }
  }
  return success({ first, all, close });
}
