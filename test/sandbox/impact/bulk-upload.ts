import { liveContract } from "./crediting/live-contract.ts";
import { nextId } from "./next-id.ts";
import type { Account, ImpactState, PromoCode } from "./state.ts";

const MOST_BYTES = 5_000_000;

export interface RefusedRow {
  /** As a spreadsheet numbers it. */
  row: number;
  code: string;
  why: string;
}

export type BulkUpload =
  { ok: false; why: string } | { ok: true; created: number; refused: RefusedRow[] };

/**
 * Engage → Content → Promo Codes → Bulk Upload → Accept & Create Promo Codes, as the merchant does it
 * (help.impact.com, "Bulk Upload Promo Codes"). A file with other headings is refused as a whole;
 * whether one wrong row refuses the others is not documented: here each row counts for itself.
 */
export function bulkUpload(state: ImpactState, account: Account, bytes: Buffer): BulkUpload {
  if (bytes.length >= MOST_BYTES) return { ok: false, why: "The file must be under 5MB" };
  const [head = "", ...lines] = bytes.toString("utf8").split(/\r?\n/);
  const headings = cellsOf(head);
  const known = knownHeadings(state.rules.templateHeadings);
  const stranger = headings.find((heading) => !known.has(heading));
  if (stranger !== undefined) return { ok: false, why: `Unknown column “${stranger}”` };
  const missing = [...known].find(([name, isRequired]) => isRequired && !headings.includes(name));
  if (missing) return { ok: false, why: `Column “${missing[0]}” is missing` };

  const now = state.clock.now();
  const taken = new Set(
    account.promoCodes
      .filter(({ endsAt }) => endsAt === null || endsAt > now)
      .map(({ programId, code }) => `${programId} ${code.toUpperCase()}`),
  );
  const refused: RefusedRow[] = [];
  let created = 0;
  lines.forEach((line, index) => {
    if (line === "") return;
    const cells = cellsOf(line);
    const cell = (name: string) => cells[headings.indexOf(name)] ?? "";
    const read = readRow(account, now, (name) => cell(name) || cell(OTHER_NAMES[name] ?? ""));
    const key = read.ok ? `${read.code.programId} ${read.code.code.toUpperCase()}` : "";
    const why = read.ok ? (taken.has(key) ? "Promo code already exists" : null) : read.why;
    if (!read.ok || why !== null) {
      refused.push({ row: index + 2, code: cell("Promo Code"), why: why ?? "" });
      return;
    }
    taken.add(key);
    account.promoCodes.push({ ...read.code, id: nextId(state) });
    created += 1;
  });
  return { ok: true, created, refused };
}

/** Case and blanks count. True: a file without it is refused. */
function knownHeadings(spelling: "table" | "sample"): Map<string, boolean> {
  const isTable = spelling === "table";
  return new Map([
    ["Promo Code", true],
    [isTable ? "Program Id" : "Campaign Id", true],
    ["Media Id", true],
    ["Type", true],
    ["Credit Rule", true],
    ["Match Mode", true],
    [isTable ? "Deal Id" : "Deal Name", false],
    ["Active Start Date", false],
    ["Active End Date", false],
    ["Timezone", false],
  ]);
}

const OTHER_NAMES: Record<string, string> = { "Program Id": "Campaign Id" };

const POLICIES = ["ALWAYS", "INVOLVED", "WINNER"] as const;
/** As in the page's example, 2013-06-30T00:00:00-07:00. */
const ISO_8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/;

type ReadRow = { ok: true; code: PromoCode } | { ok: false; why: string };

function readRow(account: Account, now: Date, cell: (name: string) => string): ReadRow {
  const no = (why: string): ReadRow => ({ ok: false, why });
  const [code, programId, partnerId] = [cell("Promo Code"), cell("Program Id"), cell("Media Id")];
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(code)) return no("Promo Code is not valid");
  if (!account.programs.some(({ id }) => id === programId)) return no("Program Id is not valid");
  if (liveContract(account, partnerId, programId, now) === null) return no("Media Id is not valid");
  if (cell("Type") !== "TRACKING") return no("Type is not valid");
  const creditPolicy = POLICIES.find((policy) => policy === cell("Credit Rule"));
  if (!creditPolicy) return no("Credit Rule is not valid");
  const type = (["LI", "RE"] as const).find((mode) => mode === cell("Match Mode"));
  if (!type) return no("Match Mode is not valid");
  const [start, end] = [cell("Active Start Date"), cell("Active End Date")];
  if ([start, end].some((date) => date !== "" && !ISO_8601.test(date))) {
    return no("Dates must be ISO8601");
  }
  if (cell("Timezone") !== "" && !isTimeZone(cell("Timezone"))) return no("Timezone is not valid");
  const startsAt = start === "" ? now : new Date(start);
  const endsAt = end === "" ? null : new Date(end);
  if (endsAt !== null && endsAt <= startsAt) return no("Active End Date must be after the start");
  const names = { id: "", code, type, creditPolicy, programId, partnerId };
  return {
    ok: true,
    code: { ...names, dealId: "", dealName: "", createdAt: now, startsAt, endsAt },
  };
}

const TIME_ZONES = new Set([...Intl.supportedValuesOf("timeZone"), "UTC"]);

function isTimeZone(name: string): boolean {
  return TIME_ZONES.has(name);
}

/** The template's values need no quotes; a quoted one is read without them. */
function cellsOf(line: string): string[] {
  return line.split(",").map((cell) => cell.replaceAll(/^"|"$/g, ""));
}
