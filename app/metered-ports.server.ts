import type { FailureLog } from "./adapters/failure-log.ts";
import type { Impact } from "./core/ports/impact.ts";
import type { PipelineStores, Store } from "./core/ports/store.ts";
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

/**
 * The store, with what is settled by a list of actions counted as accepted once it is committed. Such
 * a submission comes without its time of completion: it was never read, and so never counted above.
 */
export function countingListed(store: Store): Store {
  return {
    ...store,
    inTransaction: (work) => counted((listing) => store.inTransaction((tx) => work(listing(tx)))),
    inPipeline: (work) => counted((listing) => store.inPipeline((tx) => work(listing(tx)))),
  };
}

type Listing = <Tx extends Pick<PipelineStores, "outcomes">>(tx: Tx) => Tx;

/** Counts only what was committed. */
async function counted<T>(commit: (listing: Listing) => Promise<T>): Promise<T> {
  let listed = 0;
  const done = await commit((tx) => {
    const { completeAll } = tx.outcomes;
    const outcomes: typeof tx.outcomes = {
      ...tx.outcomes,
      async completeAll(shop, submissions, now) {
        await completeAll(shop, submissions, now);
        listed += submissions.filter(({ completedAt }) => completedAt === null).length;
      },
    };
    return { ...tx, outcomes };
  });
  if (listed > 0) countOutcome("accepted", [], listed);
  return done;
}
