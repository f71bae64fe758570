import { LONGEST_CODE, normalizeCode, parseCode } from "../codes/code-text.ts";
import { withoutApostrophe } from "../csv.ts";
import type { DiscountCode, PartnerId } from "../ids.ts";
import type { PartnerLookup } from "./partner-lookup.ts";
import { parseReach, type Reach } from "./reach.ts";
import type { DateReader } from "./read-upload-date.ts";
import type { ColumnMapping, UploadColumn } from "./upload-column.ts";
import type { UploadRow } from "./upload-row.ts";
import { whySwallowed } from "./why-swallowed.ts";

/** What a row asks for. Null is nothing said: the batch's own start, end or reach counts. */
export interface WantedCode {
  code: DiscountCode;
  partnerId: PartnerId;
  startsAt: Date | null;
  /** The first instant at which the code no longer counts. */
  endsAt: Date | null;
  reach: Reach | null;
}

export type RowProblemKind =
  | "no-code"
  | "formula"
  | "code-characters"
  | "code-too-long"
  | "no-partner"
  | "partner-unknown"
  | "no-contract"
  | "partner-ambiguous"
  | "email-unknown"
  /** impact.com could not be asked for e-mails: the file can't be judged now. */
  | "emails-unread"
  | "date-unreadable"
  | "date-ambiguous"
  | "end-before-start"
  | "never-works"
  | "too-many-starts"
  | "reach-unknown"
  | "lines-swallowed"
  | "twice-in-file"
  | "other-partner"
  | "changes-yours"
  /** It was yours, and is history. */
  | "retired"
  /** It is yours, and Shopify refused to have it again. */
  | "failed"
  /** Another partner has it at impact.com, or an expression that matches it. */
  | "taken-at-impact"
  | "of-family"
  | "reach-of-family"
  /** Another discount has it, here or in Shopify. */
  | "taken-elsewhere";

export interface RowProblem {
  kind: RowProblemKind;
  column: UploadColumn;
  /** What is wrong and what to do; shown to the merchant as it is. */
  message: string;
}

export type ReadRow =
  | { ok: true; row: UploadRow; wanted: WantedCode }
  | { ok: false; row: UploadRow; code: DiscountCode | null; problems: RowProblem[] };

export interface RowContext {
  mapping: ColumnMapping;
  partners: PartnerLookup;
  /** Made once for a file, with the shop's time zone. */
  readDate: DateReader;
  /** The codes live in Shopify already, however they are spelled. */
  areThere?: boolean;
}

type Complain = (kind: RowProblemKind, column: UploadColumn, message: string) => null;

/** Reads a row as the code it asks for, or as every sentence that says what is wrong with it. */
export function readUploadRow(row: UploadRow, context: RowContext): ReadRow {
  const swallowed = whySwallowed(row, context.mapping);
  if (swallowed) return { ok: false, row, code: null, problems: [swallowed] };
  const problems: RowProblem[] = [];
  const complain: Complain = (kind, column, message) => {
    problems.push({ kind, column, message });
    return null;
  };
  const cell = (column: UploadColumn): string => {
    const index = context.mapping[column];
    return index === null ? "" : withoutApostrophe(row.cells[index] ?? "");
  };

  const code = readCode(cell("code"), context.areThere === true, complain);
  const partnerId = readPartner(cell("partner"), context.partners, complain);
  const startsAt = readEdge(cell("startsOn"), "start", context.readDate, complain);
  const endsAt = readEdge(cell("endsOn"), "end", context.readDate, complain);
  if (startsAt && endsAt && endsAt <= startsAt) {
    const [start, end] = [cell("startsOn"), cell("endsOn")];
    complain(
      "end-before-start",
      "endsOn",
      `The end ${quote(end)} lies before the start ${quote(start)}. Correct one of them.`,
    );
  }
  const reach = readReach(cell("reach"), complain);

  if (problems.length > 0 || code === null || partnerId === null) {
    return { ok: false, row, code, problems };
  }
  return { ok: true, row, wanted: { code, partnerId, startsAt, endsAt, reach } };
}

function readCode(text: string, isThere: boolean, complain: Complain): DiscountCode | null {
  if (text === "")
    return complain("no-code", "code", "This row has no code. Write one, or delete the row.");
  if (isThere) return normalizeCode(text);
  if (/^[=+\-@]/.test(text)) {
    return complain(
      "formula",
      "code",
      `${quote(text)} is a formula to a spreadsheet, and no code. Write the code itself; it starts with a letter or digit.`,
    );
  }
  const parsed = parseCode(text);
  if (parsed.ok) return parsed.value;
  const isTooLong = normalizeCode(text).length > LONGEST_CODE;
  const kind = isTooLong ? "code-too-long" : "code-characters";
  return complain(kind, "code", `${quote(text)} can't be a code. ${parsed.problem.message}`);
}

function readPartner(text: string, partners: PartnerLookup, complain: Complain): PartnerId | null {
  if (text === "") {
    return complain(
      "no-partner",
      "partner",
      "This row has no partner. Write the partner's id at impact.com, name or e-mail.",
    );
  }
  const byId = partners.byId(text);
  if (byId) return byId.partnerId;
  const found = [...partners.byName(text), ...partners.byEmail(text)];
  const ids = [...new Set(found.map(({ partnerId }) => partnerId))];
  const [id] = ids;
  if (id !== undefined && ids.length === 1) return id;
  if (ids.length > 1) {
    return complain(
      "partner-ambiguous",
      "partner",
      `${quote(text)} may be any of the partners ${ids.slice(0, 5).join(", ")}${ids.length > 5 ? " and others" : ""}. Write the id of the one that is meant.`,
    );
  }
  const [ended] = partners.ended(text);
  if (ended) {
    return complain(
      "no-contract",
      "partner",
      `${ended.name} (${ended.partnerId}) has no live contract with your program, so impact.com would pay nothing. Offer one at impact.com, then sync partners, or name another partner.`,
    );
  }
  if (text.includes("@")) {
    if (partners.emailsUnread) {
      return complain("emails-unread", "partner", partners.emailsUnread.message);
    }
    return complain(
      "email-unknown",
      "partner",
      `No partner's account at impact.com has the e-mail ${quote(text)}. Correct it, or write the partner's id.`,
    );
  }
  const what = /^\d+$/.test(text) ? "the id" : "the name";
  return complain(
    "partner-unknown",
    "partner",
    `No partner of your program has ${what} ${quote(text)}. Correct it, or read your partners from impact.com again.`,
  );
}

function readEdge(
  text: string,
  edge: "start" | "end",
  readDate: DateReader,
  complain: Complain,
): Date | null {
  if (text === "") return null;
  const column = edge === "start" ? "startsOn" : "endsOn";
  const date = readDate(text, edge);
  if (date.ok) return date.at;
  if (date.because === "unreadable") {
    return complain(
      "date-unreadable",
      column,
      `The ${edge} ${quote(text)} is no date. Write it as year-month-day, like 2026-01-31.`,
    );
  }
  return complain(
    "date-ambiguous",
    column,
    `The ${edge} ${quote(text)} may be ${date.readings.join(" or ")}. Write it as year-month-day.`,
  );
}

function readReach(text: string, complain: Complain): Reach | null {
  if (text === "") return null;
  return (
    parseReach(text) ??
    complain(
      "reach-unknown",
      "reach",
      `${quote(text)} is no reach. Write “always”, “involved” or “winner”, or leave it empty.`,
    )
  );
}

/** A cell may be very long; the sentence need not be. */
function quote(text: string): string {
  return `“${text.length > 80 ? `${text.slice(0, 80)}…` : text}”`;
}
