import type { FailureLog } from "./adapters/failure-log.ts";
import type { Impact } from "./core/ports/impact.ts";
import { countFailedCall, countOutcome, type Service } from "./metrics.server.ts";

/** The log of an adapter, which hears of every call that failed: counted by the kind of problem. */
export function countingLog(service: Service, log: FailureLog): FailureLog {
  return {
    warn(fields, message) {
      const { kind } = fields as { kind?: unknown };
      if (typeof kind === "string") countFailedCall(service, kind);
      log.warn(fields, message);
    },
  };
}

/** impact.com, with what it says of finished submissions counted by reason. */
export function countingOutcomes(impact: Impact): Impact {
  return {
    ...impact,
    async readSubmission(credentials, submissionId) {
      const answer = await impact.readSubmission(credentials, submissionId);
      if (answer.ok && answer.value.state === "complete") {
        const { errorType, reasons } = answer.value;
        const isAccepted = errorType === null && reasons.length === 0;
        countOutcome(isAccepted ? "accepted" : "refused", reasons);
      }
      return answer;
    },
  };
}
