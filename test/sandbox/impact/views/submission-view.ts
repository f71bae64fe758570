import type { Account, Submission } from "../state.ts";

/** No ActionId: none is documented here. */
export function submissionView(account: Account, submission: Submission, now: Date) {
  const { form, outcome } = submission;
  return {
    BatchId: submission.batchId,
    AccountId: account.id,
    SubmissionDate: submission.submittedAt,
    CampaignId: submission.programId,
    ActionTrackerId: submission.eventTypeId,
    MediaPartnerId: submission.partnerId,
    EventCode: form.get("EventTypeCode"),
    OrderId: form.get("OrderId"),
    Payload: form.toString(),
    Type: submission.type,
    Status: status(submission, now),
    CompletionDate: outcome === undefined ? null : submission.completesAt,
    ErrorType: outcome?.errorType,
    ErrorReason: outcome?.reasons.join(" "),
    Uri: `/Advertisers/${account.sid}/APISubmissions/${submission.batchId}`,
  };
}

function status(submission: Submission, now: Date): "Queued" | "In Progress" | "Complete" {
  if (submission.outcome !== undefined) return "Complete";
  const { submittedAt, completesAt } = submission;
  const halfway = (submittedAt.getTime() + completesAt.getTime()) / 2;
  return now.getTime() < halfway ? "Queued" : "In Progress";
}
