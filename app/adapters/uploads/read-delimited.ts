import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { UploadRow } from "#app/core/uploads/upload-row.ts";
import { sniffDelimiter, type Delimiter } from "./sniff-delimiter.ts";
import { trimCell } from "./trim-cell.ts";
import { UploadRefusal } from "./upload-refusal.ts";

/** In bytes of UTF-8; more than that is a quote that nobody closed. */
const LONGEST_RECORD = 1024 * 1024;

/** Excel's own hint; it doesn't show the line, so the line has no number. */
const HINT = /^sep=([\t;|,])(\r\n|\n|\r)/i;

const LINE_END = /\r\n|\n|\r/g;

/** Rows of delimited text; the delimiter is found in the first piece. */
export async function* readDelimited(texts: AsyncGenerator<string>): AsyncGenerator<UploadRow> {
  const first = await texts.next();
  const head = first.done ? "" : first.value;
  const hint = HINT.exec(head);
  const body = head.slice(hint?.[0].length ?? 0);
  const delimiter = (hint?.[1] as Delimiter | undefined) ?? sniffDelimiter(body);

  const parser = openParser(delimiter);
  // The iteration below meets any error of the pipeline.
  pipeline(Readable.from(startingWith(body, texts)), parser, () => undefined);
  let number = 0;
  let line = hint ? 2 : 1;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      number += 1;
      const from = line;
      const to = from + cells.reduce((sum, cell) => sum + (cell.match(LINE_END)?.length ?? 0), 0);
      line = to + 1;
      yield { number, cells: cells.map(trimCell), ...(to > from && { lines: { from, to } }) };
    }
  } catch (error) {
    throw error instanceof CsvError ? explain(error, parser.info.records + 1) : error;
  }
}

function openParser(delimiter: Delimiter) {
  return parse({
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_RECORD,
    // Blanks between a delimiter and a quote; in a TSV the tab would be one of them.
    trim: delimiter !== "\t",
  });
}

async function* startingWith(head: string, texts: AsyncGenerator<string>): AsyncGenerator<string> {
  yield head;
  yield* texts;
}

function explain(error: CsvError, number: number): UploadRefusal {
  return new UploadRefusal(
    "upload-broken",
    `The rows can't be told apart from row ${number} on: a quotation mark opens there and never closes. Remove or double it, and upload the file again.`,
    error.message,
  );
}
