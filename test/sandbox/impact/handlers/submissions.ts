import { days } from "../days.ts";
import { notFound, ok } from "../http/reply.ts";
import type { Submission } from "../state.ts";
import { queueSubmission } from "../submissions/queue-submission.ts";
import { submissionView } from "../views/submission-view.ts";
import type { Handler } from "./context.ts";

const queue =
  (type: Submission["type"]): Handler =>
  ({ state, account, form }) => {
    const { batchId } = queueSubmission(state, account, type, form);
    const uri = `/Advertisers/${account.sid}/APISubmissions/${batchId}`;
    return ok({ Status: "QUEUED", QueuedUri: uri });
  };

export const submitConversion = queue("Conversion");
export const updateActionOrItems = queue("Modification");
export const reverseAction = queue("Reversal");

/** Submissions are kept for 90 days. */
export const getApiSubmissionById: Handler = ({ account, params, now }) => {
  const submission = account.submissions.get(params.BatchId ?? "");
  if (submission === undefined || now.getTime() - submission.submittedAt.getTime() > days(90))
    return notFound("API submission");
  return ok(submissionView(account, submission, now));
};
