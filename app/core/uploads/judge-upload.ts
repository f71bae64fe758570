import type { CodeFamily } from "../codes/families/code-family.ts";
import type { Standing } from "../codes/expressions/find-standing.ts";
import { creditsMore, isNarrower, isOfFamily } from "../codes/families/join-families.ts";
import type { DiscountCode, PartnerId } from "../ids.ts";
import {
  readUploadRow,
  type ReadRow,
  type RowContext,
  type RowProblem,
  type RowProblemKind,
  type WantedCode,
} from "./read-upload-row.ts";
import { whyRegistered } from "./look-up-at-impact.ts";
import type { InShopify } from "./look-up-in-shopify.ts";
import type { Reach } from "./reach.ts";
import { whyNotChanged } from "./why-not-changed.ts";
import type { UploadColumn } from "./upload-column.ts";
import type { UploadRow } from "./upload-row.ts";
import type { UploadWarnings } from "./warn-rows.ts";

/** What is known of a code that exists already. */
export type KnownCode =
  | {
      kind: "ours";
      /** "failed": it was live once, and Shopify refused to have it again. */
      standing: "standing" | "failed" | "retired";
      /** Null for a code of ours that nobody has yet. */
      partner: { partnerId: PartnerId; name: string } | null;
      startsAt: Date | null;
      endsAt: Date | null;
      reach: Reach | null;
    }
  /** It is not made yet, and impact.com will credit it to that family's partner; null: another shop's family. */
  | { kind: "of-family"; partnerId: PartnerId; family: CodeFamily | null }
  /** Nobody here has it, and partners are credited by it at impact.com. */
  | { kind: "at-impact"; standing: readonly Standing[] }
  /** It belongs to something that this upload may not touch; `where` ends "… is taken". */
  | { kind: "foreign"; where: string };

export type RowVerdict =
  | { verdict: "new"; row: UploadRow; wanted: WantedCode }
  | { verdict: "yours-unchanged"; row: UploadRow; wanted: WantedCode }
  | { verdict: "wrong"; row: UploadRow; problems: RowProblem[] };

export type WrongVerdict = Extract<RowVerdict, { verdict: "wrong" }>;

export interface UploadCounts {
  rows: number;
  new: number;
  /** Yours already, as the row says it. */
  yoursUnchanged: number;
  wrong: number;
  /** A row with two kinds counts for each. */
  wrongByKind: Partial<Record<RowProblemKind, number>>;
  /** Of the new codes; absent where none is easily guessed. */
  warnings?: UploadWarnings;
  /** Absent where all that is registered at impact.com was compared. */
  isImpactUnread?: true;
  /** Absent where Shopify was asked about each new code, and has none of them. */
  inShopify?: InShopify;
}

/** When the codes of a file can work at all. */
export interface WorkingTime {
  now: Date;
  discount: { startsAt: Date; endsAt: Date | null };
}

/** What is remembered between the chunks of one file: each code, and the row it first stood in. */
export interface UploadTally {
  firstRowOf: Map<DiscountCode, number>;
  /** Starts to come, each of which is a batch. */
  laterStarts: Set<number>;
  counts: UploadCounts;
}

/** Each start that is still to come has a batch of its own. */
const MOST_STARTS = 100;

export function startTally(): UploadTally {
  const counts = { rows: 0, new: 0, yoursUnchanged: 0, wrong: 0, wrongByKind: {} };
  return { firstRowOf: new Map(), laterStarts: new Set(), counts };
}

/** The first step for a chunk: what each row asks for, and the codes to ask our table about. */
export function readChunk(
  rows: readonly UploadRow[],
  context: RowContext,
): { read: ReadRow[]; codes: DiscountCode[] } {
  const read = rows.map((row) => readUploadRow(row, context));
  const codes = new Set(read.flatMap((row) => (row.ok ? [row.wanted.code] : [])));
  return { read, codes: [...codes] };
}

/** The second step: a verdict for each row of the chunk, in order. Adds the chunk to the tally. */
export function judgeChunk(
  tally: UploadTally,
  read: readonly ReadRow[],
  known: ReadonlyMap<DiscountCode, KnownCode>,
  time: WorkingTime | null = null,
): RowVerdict[] {
  return read.map((row) => {
    const verdict = refuseByTime(judgeRow(row, tally.firstRowOf, known), time, tally);
    count(tally.counts, verdict);
    return verdict;
  });
}

function judgeRow(
  read: ReadRow,
  firstRowOf: Map<DiscountCode, number>,
  known: ReadonlyMap<DiscountCode, KnownCode>,
): RowVerdict {
  const { row } = read;
  const code = read.ok ? read.wanted.code : read.code;
  const twice = code === null ? null : standsTwice(code, row.number, firstRowOf);
  if (!read.ok) {
    return { verdict: "wrong", row, problems: twice ? [...read.problems, twice] : read.problems };
  }
  if (twice) return { verdict: "wrong", row, problems: [twice] };
  const { wanted } = read;
  const found = known.get(wanted.code);
  if (!found) return { verdict: "new", row, wanted };
  const problem = whyNotYours(wanted, found);
  if (problem) return { verdict: "wrong", row, problems: [problem] };
  if (found.kind !== "ours") return { verdict: "new", row, wanted };
  const problems = whyNotChanged(wanted, found);
  if (problems.length > 0) return { verdict: "wrong", row, problems };
  return { verdict: "yours-unchanged", row, wanted };
}

/** A new code that would never work is none; one that is the shop's already has had its time. */
function refuseByTime(
  verdict: RowVerdict,
  time: WorkingTime | null,
  { laterStarts }: UploadTally,
): RowVerdict {
  if (verdict.verdict !== "new" || time === null) return verdict;
  const { startsAt } = verdict.wanted;
  const problem = whyIdle(verdict.wanted, time) ?? whyTooMany(startsAt, time, laterStarts);
  return problem ? { verdict: "wrong", row: verdict.row, problems: [problem] } : verdict;
}

function whyTooMany(
  startsAt: Date | null,
  { now }: WorkingTime,
  laterStarts: Set<number>,
): RowProblem | null {
  if (!startsAt || startsAt <= now) return null;
  if (laterStarts.size < MOST_STARTS) laterStarts.add(startsAt.getTime());
  if (laterStarts.has(startsAt.getTime())) return null;
  const message = `This file has more than ${MOST_STARTS} different starts to come. Upload the codes of the others in a file of their own.`;
  return { kind: "too-many-starts", column: "startsOn", message };
}

function whyIdle({ code, startsAt, endsAt }: WantedCode, time: WorkingTime): RowProblem | null {
  const { now, discount } = time;
  const idle = (column: UploadColumn, why: string): RowProblem => ({
    kind: "never-works",
    column,
    message: `${code} would never work: ${why}. Correct the date, or delete the row.`,
  });
  if (endsAt && endsAt <= now) return idle("endsOn", "its end has passed");
  if (endsAt && endsAt <= discount.startsAt) {
    return idle("endsOn", "it ends before its discount starts");
  }
  if (startsAt && discount.endsAt && startsAt >= discount.endsAt) {
    return idle("startsOn", "it starts when its discount has ended");
  }
  return null;
}

/** Codes compare upper-cased. The first row keeps the code, right or wrong: nobody guesses which counts. */
function standsTwice(
  code: DiscountCode,
  number: number,
  firstRowOf: Map<DiscountCode, number>,
): RowProblem | null {
  const first = firstRowOf.get(code);
  if (first === undefined) {
    firstRowOf.set(code, number);
    return null;
  }
  return {
    kind: "twice-in-file",
    column: "code",
    message: `${code} stands in row ${first} already; upper and lower case are the same. Delete one of the two rows.`,
  };
}

/** Why a row's code can't be its partner's; null where it can, or is already. */
export function whyNotYours(
  wanted: Pick<WantedCode, "code" | "partnerId" | "reach">,
  found: KnownCode,
): RowProblem | null {
  if (found.kind === "foreign") {
    const message = `${wanted.code} is taken ${found.where}. Choose another code.`;
    return { kind: "taken-elsewhere", column: "code", message };
  }
  if (found.kind === "of-family") return whyNotOfFamily(wanted, found);
  if (found.kind === "at-impact") {
    const message = whyRegistered(found.standing, wanted);
    return message === null ? null : { kind: "taken-at-impact", column: "code", message };
  }
  if (found.standing !== "standing") return whyNotThere(wanted.code, found.standing);
  if (!found.partner || found.partner.partnerId === wanted.partnerId) return null;
  const message = `${wanted.code} belongs to ${found.partner.name} (${found.partner.partnerId}). To give it to another partner, reassign it on the Codes page.`;
  return { kind: "other-partner", column: "partner", message };
}

/** One of yours that customers can't use; a file does not bring it back. */
function whyNotThere(code: DiscountCode, standing: "failed" | "retired"): RowProblem {
  const message =
    standing === "retired"
      ? `${code} was yours and is retired: it stays as history, and is not made again. Choose another code.`
      : `${code} is yours, and Shopify refused to make it again. Open the Problems page, mend what it says of this code and press Try again there.`;
  return { kind: standing, column: "code", message };
}

function whyNotOfFamily(
  { code, partnerId, reach }: Pick<WantedCode, "code" | "partnerId" | "reach">,
  { partnerId: owner, family }: Extract<KnownCode, { kind: "of-family" }>,
): RowProblem | null {
  if (owner === partnerId) {
    if (!isNarrower({ reach })) return null;
    const message = `${creditsMore(code, family)}. Leave the reach empty, or choose another code.`;
    return { kind: "reach-of-family", column: "reach", message };
  }
  return { kind: "of-family", column: "code", message: isOfFamily(code, family) };
}

function count(counts: UploadCounts, verdict: RowVerdict): void {
  counts.rows += 1;
  switch (verdict.verdict) {
    case "new":
      counts.new += 1;
      return;
    case "yours-unchanged":
      counts.yoursUnchanged += 1;
      return;
    case "wrong":
      counts.wrong += 1;
      for (const kind of new Set(verdict.problems.map((problem) => problem.kind))) {
        counts.wrongByKind[kind] = (counts.wrongByKind[kind] ?? 0) + 1;
      }
  }
}
