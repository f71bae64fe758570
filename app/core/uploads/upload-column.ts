export const UPLOAD_COLUMNS = ["code", "partner", "startsOn", "endsOn", "reach"] as const;
export type UploadColumn = (typeof UPLOAD_COLUMNS)[number];

/** Where each column stands in a row, counted from 0; null where the file has none. */
export interface ColumnMapping {
  code: number;
  partner: number;
  startsOn: number | null;
  endsOn: number | null;
  reach: number | null;
}

/** What a form shows of a column for mapping it by hand. */
export interface ColumnSample {
  index: number;
  /** The heading, or "Column A" where there is none. */
  heading: string;
  /** Up to three cells that hold something. */
  samples: string[];
}

/** "Column A", "Column B", … "Column AA": as a spreadsheet names them. */
export function columnName(index: number): string {
  let name = "";
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return `Column ${name}`;
}
