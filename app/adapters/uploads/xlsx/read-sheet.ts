import type { UploadRow } from "#app/core/uploads/upload-row.ts";
import { trimCell } from "../trim-cell.ts";
import { unpacksTooLarge } from "../upload-refusal.ts";
import {
  cellText,
  columnOf,
  hasTooManyColumns,
  MOST_COLUMNS,
  type RawCell,
  type WorkbookValues,
} from "./cell-value.ts";
import { readXml, type XmlReader } from "./read-xml.ts";

/** Excel's own limit is 32,767. */
const LONGEST_TEXT = 1_000_000;

/** The rows of a worksheet part, in the order of the file. */
export function readSheet(
  pieces: AsyncIterable<string>,
  values: WorkbookValues,
): AsyncGenerator<UploadRow> {
  let rows: UploadRow[] = [];
  const take = () => {
    const taken = rows;
    rows = [];
    return taken;
  };
  return readXml(
    pieces,
    sheetReader(values, (row) => rows.push(row)),
    take,
  );
}

/** Elements are of a row or cell by their names: nothing else in a worksheet is called so. */
function sheetReader(values: WorkbookValues, emit: (row: UploadRow) => void): XmlReader {
  let row: UploadRow = { number: 0, cells: [] };
  let cell: RawCell | null = null;
  let [column, inside, guides] = [-1, "", 0];

  const endCell = (ended: RawCell) => {
    const text = trimCell(cellText(ended, values));
    if (text === "") return;
    if (column >= MOST_COLUMNS) throw hasTooManyColumns(row.number);
    while (row.cells.length < column) row.cells.push("");
    row.cells[column] = text;
  };
  return {
    open(element, attributes) {
      inside = element;
      if (element === "rPh") guides += 1;
      if (element === "row") {
        row = { number: Number(attributes.r) || row.number + 1, cells: [] };
        column = -1;
      }
      if (element !== "c") return;
      column = columnOf(attributes.r ?? "") ?? column + 1;
      cell = emptyCell(attributes);
    },
    text(piece) {
      if (cell && guides === 0) addText(cell, inside, piece);
    },
    close(element) {
      inside = "";
      if (element === "v" && cell) cell.hasValue = true;
      if (element === "rPh") guides -= 1;
      if (element === "row") emit(row);
      if (element !== "c" || !cell) return;
      endCell(cell);
      cell = null;
    },
  };
}

function emptyCell({ t: type = "n", s: style = "0" }: Record<string, string>): RawCell {
  return { type, style: Number(style), value: "", inline: "", formula: "", hasValue: false };
}

function addText(cell: RawCell, element: string, piece: string): void {
  if (element === "v") cell.value += piece;
  if (element === "f") cell.formula += piece;
  if (element === "t") cell.inline += piece;
  const length = cell.value.length + cell.formula.length + cell.inline.length;
  if (length > LONGEST_TEXT) throw unpacksTooLarge();
}
