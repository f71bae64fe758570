import type { DiscountCode, PartnerId } from "../ids.ts";
import { readUploadRow, type RowContext } from "../uploads/read-upload-row.ts";
import type { UploadRow } from "../uploads/upload-row.ts";
import type { WrongRow } from "./adoption.ts";

export type FileRow =
  | { kind: "names"; code: DiscountCode; partnerId: PartnerId }
  /** The code is that partner's already. */
  | { kind: "known" }
  | { kind: "wrong"; wrong: WrongRow; needsEmails?: boolean };

/** Codes that were found, by their text; of managed ones, whose they are. */
export type FoundOwners = ReadonlyMap<
  DiscountCode,
  { owner: { partnerId: PartnerId; name: string } | null }
>;

export interface FileJudging {
  context: RowContext;
  found: FoundOwners;
  /** The row in which each code stood first; the first row keeps it. */
  firstRowOf: Map<DiscountCode, number>;
}

/** Whom a row of a file names for which code, or every sentence that says what is wrong with it. */
export function judgeFileRow(row: UploadRow, { context, found, firstRowOf }: FileJudging): FileRow {
  const read = readUploadRow(row, { ...context, areThere: true });
  const code = read.ok ? read.wanted.code : read.code;
  const problems = read.ok ? [] : read.problems.map(({ message }) => message);
  if (code !== null) {
    const first = firstRowOf.get(code);
    if (first === undefined) firstRowOf.set(code, row.number);
    else problems.push(standsTwice(code, first));
    if (!found.has(code)) problems.push(isNotThere(code));
  }
  if (!read.ok || problems.length > 0) {
    const needsEmails = !read.ok && read.problems.some(({ kind }) => kind === "emails-unread");
    return {
      kind: "wrong",
      wrong: { number: row.number, cells: row.cells, problems },
      needsEmails,
    };
  }
  const { partnerId } = read.wanted;
  const owner = found.get(read.wanted.code)?.owner ?? null;
  if (owner === null) return { kind: "names", code: read.wanted.code, partnerId };
  if (owner.partnerId === partnerId) return { kind: "known" };
  const why = belongsTo(read.wanted.code, owner.name);
  return { kind: "wrong", wrong: { number: row.number, cells: row.cells, problems: [why] } };
}

function standsTwice(code: DiscountCode, first: number): string {
  return `${code} stands in row ${first} already; upper and lower case are the same. Delete one of the two rows.`;
}

function isNotThere(code: DiscountCode): string {
  return `${code} is none of the codes that were found. Delete the row, or begin again with its discount too.`;
}

function belongsTo(code: DiscountCode, owner: string): string {
  return `${code} belongs to ${owner} here already. To give it to another partner, reassign it on the Codes page.`;
}
