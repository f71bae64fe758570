import type { PartnerId } from "../ids.ts";
import { statusFor, type OrderReason } from "../orders/order-state.ts";
import type { SubmissionOutcome } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { JobPayloads } from "../ports/queue.ts";
import type { Connection } from "../program/program.ts";
import type { Result } from "../result.ts";
import { nextAttemptAt } from "../retry.ts";
import type { Conversion, Submission } from "./conversion.ts";
import { explainReasons } from "./explain-reasons.ts";

/** How a conversion ended at impact.com. */
interface Verdict {
  reason: Extract<OrderReason, "credited" | "not-credited" | "credited-to-another">;
  problem: string | null;
  /** impact.com calls it a duplicate, but its list of actions does not have the first one (yet). */
  isUnlisted?: boolean;
}

/** How long a new action may take to show in impact.com's list; not documented, so generous. */
const LIST_LAG_MS = 6 * 3_600_000;

/** Asks impact.com what became of a submission and, once it knows, settles the conversion. */
export async function checkSubmission(
  ports: Ports,
  { shop, submissionId }: JobPayloads["check-submission"],
): Promise<void> {
  const submission = await ports.store.conversions.findSubmission(shop, submissionId);
  if (!submission || submission.state === "complete") return;
  const conversion = await ports.store.conversions.find(shop, submission.conversionId);
  if (!conversion) return;
  const connection = await ports.store.connections.find(shop);
  // Only the account it was sent to knows what became of it.
  if (connection?.credentials.accountSid !== conversion.accountSid) {
    return askAgainLater(ports, conversion, submission);
  }

  const outcome = await ports.impact.readSubmission(connection.credentials, submissionId);
  if (!outcome.ok && outcome.problem.kind === "not-found") {
    const problem = "impact.com no longer knows this submission. Look the order up at impact.com.";
    return settle(ports, conversion, submission, { reason: "not-credited", problem });
  }
  if (!outcome.ok) return askAgainLater(ports, conversion, submission, outcome.problem.retryAt);
  if (outcome.value.state === "queued") return askAgainLater(ports, conversion, submission);

  const verdict = await judge(ports, connection, conversion, outcome.value);
  const mayStillShow = ports.clock.now().getTime() < submission.submittedAt.getTime() + LIST_LAG_MS;
  if (verdict.ok && verdict.value.isUnlisted && mayStillShow) {
    return askAgainLater(ports, conversion, submission);
  }
  if (!verdict.ok) return askAgainLater(ports, conversion, submission, verdict.problem.retryAt);
  await settle(ports, conversion, withOutcome(submission, outcome.value), verdict.value);
}

/**
 * A duplicate may be our own earlier try whose answer never reached us: whoever impact.com paid for
 * the order id decides.
 */
async function judge(
  ports: Ports,
  connection: Connection,
  conversion: Conversion,
  outcome: SubmissionOutcome,
): Promise<Result<Verdict>> {
  if (outcome.reasons.length === 0) return paidTo(conversion, outcome.partnerId);
  if (!outcome.reasons.includes("CONV_DUPLICATE")) return notCredited(outcome.reasons);
  const action = await ports.impact.findAction(connection.credentials, conversion);
  if (!action.ok) return action;
  if (action.value) return paidTo(conversion, action.value.partnerId);
  const problem = explainReasons(outcome.reasons);
  return { ok: true, value: { reason: "not-credited", problem, isUnlisted: true } };
}

/** A completed submission that names no partner was taken as sent. */
function paidTo(conversion: Conversion, partnerId: PartnerId | null): Result<Verdict> {
  if (partnerId === null || partnerId === conversion.partnerId) {
    return { ok: true, value: { reason: "credited", problem: null } };
  }
  const problem = `impact.com credited partner ${partnerId}. Check who the code ${conversion.code} is registered to there.`;
  return { ok: true, value: { reason: "credited-to-another", problem } };
}

function notCredited(reasons: string[]): Result<Verdict> {
  return { ok: true, value: { reason: "not-credited", problem: explainReasons(reasons) } };
}

function withOutcome(submission: Submission, outcome: SubmissionOutcome): Submission {
  return {
    ...submission,
    errorType: outcome.errorType,
    errorReason: outcome.reasons.join(" ") || null,
    partnerId: outcome.partnerId,
    completedAt: outcome.completedAt,
  };
}

async function settle(
  ports: Ports,
  conversion: Conversion,
  submission: Submission,
  { reason, problem }: Verdict,
): Promise<void> {
  const now = ports.clock.now();
  const { shop, orderId } = conversion;
  await ports.store.inTransaction(async (tx) => {
    const completedAt = submission.completedAt ?? now;
    await tx.conversions.saveSubmission(shop, { ...submission, state: "complete", completedAt });
    const state = reason === "credited" ? "credited" : "failed";
    // The e-mail's hash has done its work once impact.com has decided.
    const fields = { state, problem, settledAt: now, emailSha1: null } as const;
    await tx.conversions.save(shop, { ...conversion, ...fields });
    await tx.orders.saveStatus(shop, orderId, { ...statusFor(reason), problem }, now);
  });
}

async function askAgainLater(
  ports: Ports,
  conversion: Conversion,
  submission: Submission,
  notBefore?: Date,
): Promise<void> {
  const now = ports.clock.now();
  const attempts = submission.checks;
  const startAfter = nextAttemptAt({ now, attempts, random: ports.random(), notBefore });
  const { shop } = conversion;
  await ports.store.inTransaction(async (tx) => {
    await tx.conversions.saveSubmission(shop, { ...submission, checks: attempts + 1 });
    const payload = { shop, submissionId: submission.submissionId };
    await tx.queue.send("check-submission", payload, { startAfter });
  });
}
