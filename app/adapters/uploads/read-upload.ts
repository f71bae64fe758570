import { failure, success, type Result } from "#app/core/result.ts";
import {
  UPLOAD_ROW_LIMIT,
  type UploadProblem,
  type UploadRow,
} from "#app/core/uploads/upload-row.ts";
import { decodeText } from "./decode-text.ts";
import { readDelimited } from "./read-delimited.ts";
import { isEmpty, recogniseFormat } from "./recognise-format.ts";
import { UploadRefusal } from "./upload-refusal.ts";
import { openSource, type UploadSource } from "./upload-source.ts";
import { readXlsx } from "./xlsx/read-xlsx.ts";

/** A sheet of Excel has no more rows, blank ones among them. */
const MOST_ROWS_WITH_BLANKS = 1_048_576;

export interface UploadLimits {
  /** In bytes; what comes after is never read. */
  sizeLimit: number;
}

/**
 * Reads an uploaded file of codes row by row: CSV, TSV, semicolons, pipes or .xlsx, recognised by its
 * content. Blank rows are left out. A file that can't be read on ends the rows with one problem.
 * Memory is bounded whatever is sent; the stream is let go of as soon as no more of it is wanted.
 */
export async function* readUpload(
  stream: AsyncIterable<Uint8Array>,
  { sizeLimit }: UploadLimits,
): AsyncGenerator<Result<UploadRow, UploadProblem>> {
  let source: UploadSource | null = null;
  let [rows, blank] = [0, 0];
  try {
    source = await openSource(stream, sizeLimit);
    for await (const row of readRows(source)) {
      const isBlank = row.cells.every((cell) => cell === "");
      if (isBlank) blank += 1;
      else rows += 1;
      // One more than codes: the headings have a row of their own.
      if (rows > UPLOAD_ROW_LIMIT + 1 || rows + blank > MOST_ROWS_WITH_BLANKS) {
        throw hasTooManyRows();
      }
      if (!isBlank) yield success(row);
    }
    if (rows === 0) throw isEmpty();
  } catch (error) {
    if (!(error instanceof UploadRefusal)) throw error;
    yield failure(error.problem);
  } finally {
    await source?.close();
  }
}

function readRows(source: UploadSource): AsyncGenerator<UploadRow> {
  const format = recogniseFormat(source.head);
  if (format.kind === "zip") return readXlsx(source.bytes());
  return readDelimited(decodeText(source.bytes(), format.encoding));
}

function hasTooManyRows(): UploadRefusal {
  const limit = UPLOAD_ROW_LIMIT.toLocaleString("en-US");
  return new UploadRefusal(
    "upload-too-many-rows",
    `This file has more than ${limit} rows, the most that one upload takes. Split it and upload the parts one after the other.`,
  );
}
