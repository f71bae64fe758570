import type { CodeWarning } from "#app/core/codes/pattern/warn-code.ts";
import type { RowProblemKind } from "#app/core/uploads/read-upload-row.ts";
import type { UploadCheck } from "#app/core/uploads/read-upload-check.ts";
import type { UploadCounts, WrongVerdict } from "#app/core/uploads/judge-upload.ts";
import type { Upload } from "#app/core/uploads/upload.ts";
import type { InShopify } from "#app/core/uploads/look-up-in-shopify.ts";
import type { UploadWarnings } from "#app/core/uploads/warn-rows.ts";
import { timeFormats } from "../time-formats.server.ts";

export type UploadView = ReturnType<typeof uploadView>;

const KINDS: Record<RowProblemKind, string> = {
  "no-code": "No code",
  formula: "A formula instead of a code",
  "code-characters": "Characters a code can't have",
  "lines-swallowed": "Rows that swallow lines below them",
  "code-too-long": "Code too long",
  "no-partner": "No partner",
  "partner-unknown": "Partner unknown",
  "no-contract": "No live contract",
  "emails-unread": "E-mail not looked up",
  "partner-ambiguous": "Several partners of that name",
  "email-unknown": "E-mail unknown",
  "date-unreadable": "No date",
  "date-ambiguous": "Day and month can't be told apart",
  "end-before-start": "End before start",
  "too-many-starts": "Too many different starts",
  "never-works": "Dates at which it would never work",
  "reach-unknown": "Reach unknown",
  "twice-in-file": "Code twice in the file",
  "other-partner": "Another partner's code",
  "changes-yours": "A code of yours, and different here",
  retired: "A retired code of yours",
  failed: "A code of yours that Shopify refused",
  "taken-at-impact": "Another partner's code at impact.com",
  "of-family": "Code of another partner's family",
  "reach-of-family": "A reach that codes of a family can't have",
  "taken-elsewhere": "Code of another discount",
};

/** Rows that would change a code are wrong: there is another place for that. */
function countYours({ yoursUnchanged, wrongByKind }: UploadCounts): number {
  return yoursUnchanged + (wrongByKind["changes-yours"] ?? 0) + (wrongByKind["other-partner"] ?? 0);
}

/** What a file would bring, in the words of the page that asks before it is made. */
export function uploadView(
  { upload, discount, wrong }: UploadCheck,
  { timeZone }: { timeZone: string },
) {
  const { id, fileName, mapping, counts, batchId, expiresAt } = upload;
  const kinds = Object.entries(counts?.wrongByKind ?? {}) as [RowProblemKind, number][];
  return {
    ...{ id, fileName, batchId },
    discount: { id: discount.id, title: discount.title },
    rows: counts?.rows ?? 0,
    new: counts?.new ?? 0,
    yours: counts ? countYours(counts) : 0,
    yoursUnchanged: counts?.yoursUnchanged ?? 0,
    wrong: counts?.wrong ?? 0,
    inShopify: inShopifyText(counts?.inShopify),
    atImpact: counts?.isImpactUnread ? [IMPACT_UNREAD] : [],
    kinds: kinds
      .sort(([, one], [, other]) => other - one)
      .map(([kind, rows]) => ({ id: kind, what: KINDS[kind], rows })),
    wrongRows: wrong.map((each) => wrongRow(each, upload)),
    warned: warnedView(counts?.warnings),
    hasStart: mapping.startsOn !== null,
    hasEnd: mapping.endsOn !== null,
    hasReach: mapping.reach !== null,
    keptUntil: timeFormats(timeZone).minute(expiresAt),
  };
}

const IMPACT_UNREAD =
  "Not all that is registered at impact.com was compared: a code that another partner has there is refused when it is made, and its row says so.";

/** What becomes of new codes that Shopify has already, or may have. */
function inShopifyText(found: InShopify | undefined): string[] {
  if (!found) return [];
  const { here, unasked } = found;
  const one = here === 1;
  return [
    ...(here > 0
      ? [
          `${codes(here)} of the new ones ${one ? "lives" : "live"} in this discount in Shopify already: ${one ? "it is" : "they are"} not made there again, and managed here from then on.`,
        ]
      : []),
    ...(unasked > 0
      ? [
          `${codes(unasked)} of the new ones ${unasked === 1 ? "was" : "were"} not looked up in Shopify, where that would take too long. One that lives there in another discount is refused when it is made, and its batch says why.`,
        ]
      : []),
  ];
}

function codes(count: number): string {
  return count === 1 ? "1 code" : `${count.toLocaleString("en")} codes`;
}

const REASONS: Record<CodeWarning["reason"], string> = {
  short: "Very short",
  name: "The partner's name with little or nothing random",
  word: "Words and numbers with little or nothing random",
  number: "Digits that repeat or count",
};

/** Null where no new code is easily guessed. */
function warnedView(warnings: UploadWarnings | undefined) {
  if (!warnings) return null;
  const reasons = Object.entries(warnings.byReason) as [CodeWarning["reason"], number][];
  return {
    rows: warnings.rows,
    reasons: reasons
      .sort(([, one], [, other]) => other - one)
      .map(([reason, rows]) => ({ id: reason, what: REASONS[reason], rows })),
    first: warnings.first.map(({ number, code, message }) => ({ id: `${number}`, code, message })),
  };
}

const LONGEST_SHOWN = 80;

function wrongRow({ row, problems }: WrongVerdict, { mapping }: Upload) {
  const cell = (index: number) => (row.cells[index] ?? "").slice(0, LONGEST_SHOWN);
  return {
    id: `${row.number}`,
    code: cell(mapping.code),
    partner: cell(mapping.partner),
    why: problems.map(({ message }) => message).join(" "),
  };
}
