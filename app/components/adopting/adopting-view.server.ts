import type { AdoptingDetail } from "#app/core/adopting/read-adopting.ts";
import { timeFormats } from "../time-formats.server.ts";

export type AdoptingView = ReturnType<typeof adoptingView>;

/** A batch that adopts codes, in the words of its page. */
export function adoptingView(detail: AdoptingDetail, timeZone: string) {
  const { batch, adoption, counts, left, canResume } = detail;
  const { minute } = timeFormats(timeZone);
  const toRegister = counts.assigned - counts.registered - counts.unregistrable - counts.ended;
  const isOpen = batch.state === "running" || batch.state === "cancelling";
  return {
    id: batch.id,
    adoptionId: adoption.id,
    title: adoption.plan.source.kind === "nobodys" ? "Codes are assigned" : "Codes are adopted",
    state: batch.state,
    problem: batch.problem,
    ...{ counts, toRegister },
    isWorking: isOpen || toRegister > 0,
    isRegistering: toRegister > 0,
    canCancel: batch.state === "running" || batch.state === "failed",
    canResume,
    left: left.map(({ code, problem }) => ({ id: code, code, problem: problem ?? "" })),
    facts: [
      { term: "Belong to partners from", value: adoption.startsAt && minute(adoption.startsAt) },
      { term: "Started", value: minute(batch.createdAt) },
      { term: "Ended", value: batch.finishedAt && minute(batch.finishedAt) },
    ],
  };
}
