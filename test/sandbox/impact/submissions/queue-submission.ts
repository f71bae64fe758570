import { randomUUID } from "node:crypto";
import type { Account, ImpactState, Submission } from "../state.ts";

export function queueSubmission(
  state: ImpactState,
  account: Account,
  type: Submission["type"],
  form: URLSearchParams,
): Submission {
  const submittedAt = state.clock.now();
  const submission: Submission = {
    batchId: `A-${randomUUID()}`,
    type,
    form,
    submittedAt,
    completesAt: new Date(submittedAt.getTime() + state.rules.submissionDelayMs),
    outcome: undefined,
    programId: form.get("CampaignId") ?? "",
    eventTypeId: form.get("EventTypeId") ?? form.get("ActionTrackerId") ?? "",
    partnerId: "",
  };
  account.submissions.set(submission.batchId, submission);
  account.queued.push(submission);
  return submission;
}
