import type { Batch } from "#app/core/batches/batch.ts";
import type { BatchDetail } from "#app/core/batches/read-batch.ts";
import type { Code } from "#app/core/codes/discount.ts";
import type { BatchSummary } from "#app/core/ports/batch-stores.ts";
import type { RefusedRow } from "#app/core/uploads/upload.ts";
import { CHANGE_WORDS } from "../changes/change-words.ts";
import { timeFormats } from "../time-formats.server.ts";
import { paceFacts } from "./pace-facts.server.ts";

export type BatchView = ReturnType<typeof batchView>;
export type FailedCodeRow = BatchView["failedCodes"][number];

/** One batch in the words of its page. */
export function batchView(detail: BatchDetail, timeZone: string) {
  const {
    batch,
    title,
    counts,
    madeAgain,
    families,
    perMinute,
    secondsLeft,
    failedCodes,
    canResume,
    waitsUntil,
    later,
  } = detail;
  const { minute } = timeFormats(timeZone);
  const isOpen = batch.state === "running" || batch.state === "cancelling";
  // A cancelled batch makes no more than it has.
  const again = {
    codes: madeAgain.reduce((sum, { codes }) => sum + codes, 0),
    registered: madeAgain.reduce((sum, { registered }) => sum + registered, 0),
  };
  const known =
    counts.planned +
    counts.asked +
    counts.live +
    counts.failed +
    again.codes +
    detail.leftOut.codes;
  const isRegistering = counts.live > counts.registered + counts.unregistrable;
  const isCut = batch.state === "cancelling" || batch.state === "cancelled";
  return {
    id: batch.id,
    title,
    discountId: batch.discountId ?? "",
    state: batch.state,
    counts,
    /** Of all that it ever made, however they stand in its counts now. */
    made: counts.live + again.codes,
    registered: counts.registered + again.registered,
    madeAgain,
    families,
    all: isCut ? known : batch.codes,
    /** Not asked for yet, drawn or not. */
    waiting: isCut ? counts.planned : Math.max(0, batch.codes - known + counts.planned),
    leftOut: isCut ? (detail.upload?.rowsLeft ?? Math.max(0, batch.codes - known)) : 0,
    pattern: batch.plan?.pattern ?? null,
    asked: sayAsked(batch),
    problem: batch.problem,
    pace: paceFacts(perMinute, secondsLeft, " in Shopify"),
    startedAt: minute(batch.createdAt),
    finishedAt: batch.finishedAt && minute(batch.finishedAt),
    waitsUntil: waitsUntil && minute(waitsUntil),
    later: later.map(({ id, codes, startsAt, state }) => ({
      ...{ id, codes, isCancelled: state === "cancelled" || state === "cancelling" },
      startsAt: startsAt && minute(startsAt),
    })),
    /** Of a file, it makes the codes that start later. */
    startsLater: batch.startsAt !== null,
    isMaking: isOpen,
    isWorking: (isOpen && !waitsUntil) || isRegistering,
    isRegistering,
    canCancel: batch.state === "running" || batch.state === "failed",
    canResume,
    isRestKept: detail.isRestKept,
    failedCodes: [
      ...failedCodes.map(failedCodeRow),
      ...detail.refusedRows.map(refusedRow),
      ...detail.leftOut.partners.map(leftOutRow),
    ],
    failed:
      counts.failed +
      counts.unregistrable +
      (detail.upload?.rowsRefused ?? 0) +
      detail.leftOut.codes,
  };
}

function sayAsked({ plan, codes }: Batch): string {
  if (!plan || plan.isDrawnElsewhere) return codes.toLocaleString("en");
  const { codesEach, partnerIds } = plan;
  if (partnerIds.length === 1) return codes.toLocaleString("en");
  return `${codesEach.toLocaleString("en")} for each of ${partnerIds.length.toLocaleString("en")} partners`;
}

function failedCodeRow({ id, code, partner, shopifyState, shopifyProblem, impactProblem }: Code) {
  const isShopify = shopifyState === "failed";
  return {
    id,
    code,
    partner: partner?.name ?? null,
    at: isShopify ? "Shopify" : "impact.com",
    problem: (isShopify ? shopifyProblem : impactProblem) ?? "No reason was given.",
  };
}

function refusedRow({ number, code, partner, problem }: RefusedRow) {
  return { id: `row-${number}`, code, partner: partner.name, at: "This app", problem };
}

/** A code that was never drawn has no text. */
function leftOutRow({ at, name, count, problem }: BatchDetail["leftOut"]["partners"][number]) {
  const code = count === 1 ? "Not drawn" : `${count.toLocaleString("en")} not drawn`;
  return { id: `turn-${at}`, code, partner: name, at: "This app", problem };
}

/** What a batch is called: by its discount, or by what it does. */
export function titleOf(kind: Batch["kind"], discountTitle: string): string {
  if (kind === "make") return discountTitle;
  return kind === "adopt" ? "Codes are adopted" : CHANGE_WORDS[kind].title;
}

export type BatchRow = ReturnType<typeof batchRow>;

export function batchRow(batch: BatchSummary, timeZone: string) {
  const { id, kind, state, codes, live, failed, isRegistering, createdAt } = batch;
  const startedAt = timeFormats(timeZone).minute(createdAt);
  const title = titleOf(kind, batch.title);
  return { id, title, state, isRegistering, codes, live, failed, startedAt };
}
