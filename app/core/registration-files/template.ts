import type { RegistrationTerms } from "../codes/registration-terms.ts";
import { toCsv } from "../csv.ts";
import type { PartnerId } from "../ids.ts";
import { zonedIso } from "../zoned-time.ts";

// impact.com, "Bulk Upload Promo Codes" (help.impact.com 155000000296; reference/impact.md, section 4.1).
// Its table of columns says Program Id and Deal Id, the sample row above it Campaign Id and Deal Name.
// The table is the one with ten columns and is taken, unless the merchant chooses the other spelling.

export const HEADINGS = {
  table: ["Program Id", "Deal Id"],
  sample: ["Campaign Id", "Deal Name"],
} as const;

export type Spelling = keyof typeof HEADINGS;

/** "Keep the file size under 5MB for CSV": no limit of rows. */
export const PART_BYTES = 4_900_000;
/** The longest row beside its code: ids, two dates, the longest time zone's name, commas and line end. */
export const ROW_BYTES = 145;

export interface TemplateRow extends RegistrationTerms {
  code: string;
  partnerId: PartnerId;
}

export function templateHead(spelling: Spelling): string {
  const [program, deal] = HEADINGS[spelling];
  return toCsv([
    [
      ...["Promo Code", program, "Media Id", "Type", "Credit Rule", "Match Mode", deal],
      ...["Active Start Date", "Active End Date", "Timezone"],
    ],
  ]);
}

/**
 * What a code of a file looks like, as a PostgreSQL expression. Which other signs impact.com would read is
 * not documented, and what begins with one of a formula can't be written unaltered (csv.ts).
 */
export const CODE_IN_FILE = "^[A-Za-z0-9][A-Za-z0-9_-]*$";

export const ONE_BY_ONE =
  "Codes with signs other than letters, digits, hyphens and underscores are registered one by one.";

/** Writes rows of one file, each of a code that looks like CODE_IN_FILE. */
export function templateLines({
  programId,
  timeZone,
}: {
  programId: string;
  timeZone: string;
}): (rows: readonly TemplateRow[]) => string {
  // A file has few different times, and each is slow to write.
  const written = new Map<number, string>();
  const iso = (at: Date) => {
    const known = written.get(at.getTime()) ?? zonedIso(at, timeZone);
    written.set(at.getTime(), known);
    return known;
  };
  return (rows) =>
    toCsv(
      rows.map(({ code, partnerId, reach, startsAt, endsAt }) => [
        ...[code, programId, partnerId, "TRACKING", reach, "LI", ""],
        ...[iso(startsAt), endsAt ? iso(endsAt) : "", timeZone],
      ]),
    );
}
