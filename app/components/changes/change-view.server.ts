import type { Change, ChangePlan } from "#app/core/changes/change.ts";
import type { ChangeDetail } from "#app/core/changes/read-change.ts";
import { timeFormats } from "../time-formats.server.ts";
import { paceFacts } from "../batches/pace-facts.server.ts";
import { CHANGE_WORDS } from "./change-words.ts";

export type ChangeView = ReturnType<typeof changeView>;
export type FailedChangeRow = ChangeView["failedCodes"][number];

/** A batch that changes codes, in the words of its page. */
export function changeView(detail: ChangeDetail, timeZone: string) {
  const { batch, change, counts, failed, canResume } = detail;
  const { minute } = timeFormats(timeZone);
  const { open } = counts;
  const { perMinute, secondsLeft } = detail;
  const isOpen = batch.state === "running" || batch.state === "cancelling";
  return {
    id: batch.id,
    kind: change.action.kind,
    title: CHANGE_WORDS[change.action.kind].title,
    state: batch.state,
    problem: batch.problem,
    all: batch.codes,
    done: counts.done,
    failed: counts.failed,
    dropped: counts.dropped,
    steps: [
      { term: "To be begun", count: open.planned + open.retiring },
      { term: "New codes being made and registered", count: open.making },
      { term: "Old codes that still work", count: open.waiting },
      { term: "Being taken out of Shopify", count: open.removing },
      { term: "Gone from Shopify, waiting for their end at impact.com", count: open.ending },
      { term: "Being ended at impact.com", count: open["handing-over"] },
      { term: "Being registered at impact.com", count: open.registering },
    ].filter(({ count }) => count > 0),
    putOff: detail.putOff,
    pace: paceFacts(perMinute, secondsLeft),
    facts: [
      ...actionFacts(change, detail),
      { term: "Begins", value: change.startsAt && minute(change.startsAt) },
      { term: "First old code goes", value: counts.dueAt && minute(counts.dueAt) },
      { term: "Started", value: minute(batch.createdAt) },
      { term: "Ended", value: batch.finishedAt && minute(batch.finishedAt) },
    ],
    isWorking: isOpen,
    canCancel: batch.state === "running" || batch.state === "failed",
    canResume,
    failedCodes: failed.map(failedRow),
  };
}

function actionFacts(
  { action }: ChangePlan,
  { partner, discount }: Pick<ChangeDetail, "partner" | "discount">,
) {
  if (action.kind === "reassign")
    return [{ term: "New partner", value: partner ?? action.partnerId }];
  if (action.kind === "register-anew" && action.because === "start")
    return [
      ...(discount ? [{ term: "Discount", value: discount }] : []),
      { term: "Why", value: "It begins earlier than it was to" },
    ];
  if (action.kind !== "rotate") return [];
  const { pattern, graceDays } = action;
  const grace = graceDays === 0 ? "None" : graceDays === 1 ? "1 day" : `${graceDays} days`;
  return [
    { term: "Pattern", value: pattern },
    { term: "Old codes go on for", value: grace },
  ];
}

function failedRow({ code: { id, code, partner }, problem }: Change) {
  const reason = problem ?? "No reason was given.";
  return { id, code, partner: partner?.name ?? null, problem: reason };
}
