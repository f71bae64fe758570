import { meaningOf } from "./column-headings.ts";
import { guessColumns } from "./guess-columns.ts";
import {
  columnName,
  UPLOAD_COLUMNS,
  type ColumnMapping,
  type ColumnSample,
  type UploadColumn,
} from "./upload-column.ts";
import type { UploadRow } from "./upload-row.ts";

/** How many first rows of a file are wanted for recognising its columns. */
export const ROWS_TO_RECOGNISE = 30;
/** A title and a note may stand above the headings. */
const HEADINGS_WITHIN = 10;
const SAMPLES = 3;

export type RecognisedColumns =
  | {
      kind: "recognised";
      because: "headings" | "content" | "hand";
      mapping: ColumnMapping;
      /** Rows with a smaller number are titles and headings. */
      firstRow: number;
      /** A heading for each column, for screens and for the file of wrong rows. */
      headings: string[];
    }
  | {
      kind: "ask";
      message: string;
      columns: ColumnSample[];
      /** What is known already, to fill the form with. */
      suggestion: Partial<ColumnMapping>;
      firstRowIsHeading: boolean;
    };

export interface MappingByHand {
  mapping: ColumnMapping;
  firstRowIsHeading: boolean;
}

interface Input {
  /** The file's first rows; `ROWS_TO_RECOGNISE` of them, or all of a shorter file. */
  rows: readonly UploadRow[];
  /** Overrides headings and content. */
  byHand?: MappingByHand | null;
  /** Whether a cell names a partner by id, name or e-mail. */
  isPartner?: (cell: string) => boolean;
}

/** Which column holds what: as mapped by hand, by the headings, or by content; else a form asks. */
export function recogniseColumns({
  rows,
  byHand = null,
  isPartner = () => false,
}: Input): RecognisedColumns {
  if (byHand) return takeByHand(rows, byHand);
  const heading = findHeadings(rows);
  if (heading === null) return recogniseByContent(rows, isPartner);
  const below = rows.filter(({ number }) => number > heading.number);
  const table: Table = { heading, rows: below };
  const { found, twice } = readHeadings(heading);
  if (twice) {
    const names = twice.indexes.map((index) => `“${heading.cells[index]}”`).join(" and ");
    return ask(
      table,
      found,
      `Both ${names} could hold the ${WORDS[twice.column]}. Say which does.`,
    );
  }
  if (found.code === undefined || found.partner === undefined) {
    const { guess } = guessColumns(below, isPartner);
    const missing = found.code === undefined ? "code" : "partner";
    return ask(table, { ...guess, ...found }, isMissing(missing));
  }
  return {
    kind: "recognised",
    because: "headings",
    mapping: complete(found, found.code, found.partner),
    firstRow: heading.number + 1,
    headings: headingsOf(table),
  };
}

interface Table {
  heading: UploadRow | null;
  rows: readonly UploadRow[];
}

const WORDS: Record<UploadColumn, string> = {
  code: "code",
  partner: "partner",
  startsOn: "start",
  endsOn: "end",
  reach: "reach",
};

function isMissing(column: "code" | "partner"): string {
  return `No column could be recognised as the ${WORDS[column]}. Say which one holds it.`;
}

function complete(found: Partial<ColumnMapping>, code: number, partner: number): ColumnMapping {
  const { startsOn = null, endsOn = null, reach = null } = found;
  return { code, partner, startsOn, endsOn, reach };
}

/** The first row with two known headings, or a very first row with one. */
function findHeadings(rows: readonly UploadRow[]): UploadRow | null {
  const known = (row: UploadRow) =>
    new Set(row.cells.map((cell) => meaningOf(cell)?.column).filter((column) => column)).size;
  const found = rows.slice(0, HEADINGS_WITHIN).find((row) => known(row) >= 2);
  if (found) return found;
  const [first] = rows;
  return first && known(first) === 1 ? first : null;
}

interface ReadHeadings {
  found: Partial<ColumnMapping>;
  twice: { column: UploadColumn; indexes: number[] } | null;
}

function readHeadings(heading: UploadRow): ReadHeadings {
  const result: ReadHeadings = { found: {}, twice: null };
  for (const column of UPLOAD_COLUMNS) {
    const candidates = heading.cells.flatMap((cell, index) => {
      const meaning = meaningOf(cell);
      return meaning?.column === column ? [{ index, rank: meaning.rank }] : [];
    });
    const best = Math.min(...candidates.map(({ rank }) => rank));
    const indexes = candidates.filter(({ rank }) => rank === best).map(({ index }) => index);
    if (indexes.length > 1) result.twice ??= { column, indexes };
    else if (indexes[0] !== undefined) result.found[column] = indexes[0];
  }
  return result;
}

function recogniseByContent(
  rows: readonly UploadRow[],
  isPartner: (cell: string) => boolean,
): RecognisedColumns {
  const { guess, firstRowIsHeading } = guessColumns(rows, isPartner);
  const table = splitHeading(rows, firstRowIsHeading);
  if (guess.code === undefined || guess.partner === undefined) {
    return ask(table, guess, isMissing(guess.code === undefined ? "code" : "partner"));
  }
  return {
    kind: "recognised",
    because: "content",
    mapping: complete(guess, guess.code, guess.partner),
    firstRow: table.rows[0]?.number ?? 1,
    headings: headingsOf(table),
  };
}

function splitHeading(rows: readonly UploadRow[], firstRowIsHeading: boolean): Table {
  const [first = null] = rows;
  return firstRowIsHeading ? { heading: first, rows: rows.slice(1) } : { heading: null, rows };
}

function takeByHand(
  rows: readonly UploadRow[],
  { mapping, firstRowIsHeading }: MappingByHand,
): RecognisedColumns {
  const heading = firstRowIsHeading ? (findHeadings(rows) ?? rows[0] ?? null) : null;
  const below = rows.filter(({ number }) => number > (heading?.number ?? 0));
  const table: Table = { heading, rows: below };
  const used = Object.values(mapping).filter((index) => index !== null);
  const headings = headingsOf(table);
  const isColumn = (index: number) =>
    Number.isInteger(index) && index >= 0 && index < headings.length;
  if (!used.every(isColumn)) {
    return ask(table, {}, "This file has no such column. Choose among those below.");
  }
  if (new Set(used).size < used.length) {
    return ask(table, mapping, "One column is chosen twice. Choose another for one of the two.");
  }
  const firstRow = heading ? heading.number + 1 : (rows[0]?.number ?? 1);
  return { kind: "recognised", because: "hand", mapping, firstRow, headings };
}

function ask(table: Table, suggestion: Partial<ColumnMapping>, message: string): RecognisedColumns {
  const columns = headingsOf(table).map((heading, index) => ({
    index,
    heading,
    samples: table.rows
      .map(({ cells }) => cells[index] ?? "")
      .filter((cell) => cell !== "")
      .slice(0, SAMPLES),
  }));
  return { kind: "ask", message, columns, suggestion, firstRowIsHeading: table.heading !== null };
}

function headingsOf({ heading, rows }: Table): string[] {
  const width = Math.max(heading?.cells.length ?? 0, ...rows.map(({ cells }) => cells.length));
  return Array.from({ length: width }, (_, index) => heading?.cells[index] || columnName(index));
}
