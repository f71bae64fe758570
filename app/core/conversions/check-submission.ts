import { settleAdjustment } from "../adjustments/settle-adjustment.ts";
import type { ShopDomain } from "../ids.ts";
import { CONNECT_AGAIN, REPORTED_THROUGH } from "../orders/impact-need.ts";
import type { ImpactProblem, SubmissionOutcome } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { Connection, ImpactCredentials } from "../program/program.ts";
import { success, type Result } from "../result.ts";
import { nextAttemptAt, onTheSecond } from "../retry.ts";
import { toCheckJobs } from "./check-jobs.ts";
import type { Conversion, Submission } from "./conversion.ts";
import { sortedOnce } from "./put-back-conversion.ts";
import { settleConversion } from "./settle-conversion.ts";
import { saveStandings, standingOf } from "./standing.ts";

/** impact.com keeps submissions for so long; after it, for a week, only its action can tell. */
const KEPT_MS = 90 * 86_400_000;
const LAST_WORD_MS = 7 * 86_400_000;

/** A submission that waits for its outcome, with its conversion. */
export interface OpenSubmission {
  submission: Submission;
  conversion: Conversion;
}

/** What settling a submission is given. Without an outcome: impact.com no longer knows it. */
export interface Settling {
  /** Null: nobody is left to be asked. */
  credentials: ImpactCredentials | null;
  conversion: Conversion;
  submission: Submission;
  outcome: SubmissionOutcome | null;
}

/** Settled, or not to be told yet. */
export type Settled = Result<"settled" | "open", ImpactProblem>;

/** Settled by nothing yet: asked about once more, not before impact.com said so. */
export interface StillOpen {
  submission: Submission;
  notBefore?: Date | undefined;
  /** Why it could not be asked, for its order's line. */
  because?: { conversion: Conversion; problem: string };
}

/** What impact.com said of a submission, if anything. */
export type Asked = { settling: Settling } | { open: StillOpen };

/** Asks impact.com what became of a submission and, once it knows, settles what was submitted. */
export async function checkSubmission(
  ports: Ports,
  { shop, submissionId }: { shop: ShopDomain; submissionId: string },
): Promise<void> {
  const submission = await ports.store.conversions.findSubmission(shop, submissionId);
  if (!submission || submission.state === "complete") return;
  const conversion = await ports.store.conversions.find(shop, submission.conversionId);
  if (!conversion) return;
  const connection = await ports.store.connections.find(shop);
  const asked = await askAbout(ports, connection, { submission, conversion });
  if ("open" in asked) return askAgainLater(ports, shop, [asked.open]);
  await settleAsked(ports, asked.settling);
}

/** Only the account it was sent to knows what became of it. */
export async function askAbout(
  { impact, clock }: Pick<Ports, "impact" | "clock">,
  connection: Connection | null,
  { submission, conversion }: OpenSubmission,
): Promise<Asked> {
  const { accountSid } = conversion;
  const lastWord = whoIsLeft(submission, clock.now());
  const asItIs = { conversion, submission, outcome: null };
  if (connection?.credentials.accountSid !== accountSid) {
    if (lastWord) return { settling: { credentials: null, ...asItIs } };
    const problem = `${REPORTED_THROUGH} ${accountSid}. ${CONNECT_AGAIN}, so that it can be asked what became of it.`;
    return { open: { submission, because: { conversion, problem } } };
  }
  const { credentials } = connection;
  const outcome = await readOutcome(impact, credentials, submission.submissionId);
  if (lastWord && (!outcome.ok || outcome.value?.state === "queued")) {
    return {
      settling: { credentials: lastWord === "its action" ? credentials : null, ...asItIs },
    };
  }
  if (!outcome.ok) {
    const { retryAt: notBefore, message: problem } = outcome.problem;
    return { open: { submission, notBefore, because: { conversion, problem } } };
  }
  if (outcome.value?.state === "queued") return { open: { submission } };
  const completed = outcome.value ? withOutcome(submission, outcome.value) : submission;
  return {
    settling: { credentials, conversion, submission: completed, outcome: outcome.value },
  };
}

/** Once impact.com keeps submissions no more; null until then. */
function whoIsLeft({ submittedAt }: Submission, now: Date): "its action" | "nobody" | null {
  const age = now.getTime() - submittedAt.getTime();
  if (age <= KEPT_MS) return null;
  return age <= KEPT_MS + LAST_WORD_MS ? "its action" : "nobody";
}

export async function settleAsked(ports: Ports, settling: Settling): Promise<void> {
  const { submission, conversion } = settling;
  const settle = submission.adjustmentId === null ? settleConversion : settleAdjustment;
  const settled = await settle(ports, settling);
  if (settled.ok && settled.value === "settled") return;
  if (settled.ok) return askAgainLater(ports, conversion.shop, [{ submission }]);
  const { retryAt: notBefore, message: problem } = settled.problem;
  const because = { conversion, problem };
  await askAgainLater(ports, conversion.shop, [{ submission, notBefore, because }]);
}

/** In one transaction. */
export async function askAgainLater(
  ports: Pick<Ports, "clock" | "random" | "store">,
  shop: ShopDomain,
  open: readonly StillOpen[],
): Promise<void> {
  if (open.length === 0) return;
  const now = ports.clock.now();
  const random = ports.random();
  const checks = open.map(({ submission: { submissionId, checks: attempts }, notBefore }) => {
    const startAfter = onTheSecond(nextAttemptAt({ now, attempts, random, notBefore }));
    return { submissionId, startAfter };
  });
  await ports.store.inPipeline(async (tx) => {
    const ids = open.map(({ submission }) => submission.submissionId);
    await tellWhy(tx, shop, open, now);
    await tx.outcomes.noteChecks(shop, ids);
    await tx.queue.sendAll("check-submission", toCheckJobs(shop, checks));
  });
}

/** The orders' lines say why nothing was heard; what has been settled meanwhile stays as it is. */
async function tellWhy(
  tx: PipelineStores,
  shop: ShopDomain,
  open: readonly StillOpen[],
  now: Date,
): Promise<void> {
  const byConversion = new Map(
    open.flatMap(({ because }) => (because ? [[because.conversion.id, because] as const] : [])),
  );
  const told = [...byConversion.values()];
  if (told.length === 0) return;
  const orderIds = sortedOnce(told.map(({ conversion }) => conversion.orderId));
  await tx.orders.lockAll(shop, orderIds);
  const orders = await tx.orders.findAll(shop, orderIds);
  const byId = new Map(orders.map((order) => [order.orderId, order]));
  const parts = told.filter(({ conversion }) => conversion.part);
  const newest = await tx.conversions.findAll(
    shop,
    parts.map(({ conversion }) => conversion.id),
  );
  const standings = told.flatMap(({ conversion: asked, problem }) => {
    const conversion = newest.find(({ id }) => id === asked.id) ?? asked;
    const order = byId.get(conversion.orderId);
    if (!order) return [];
    const { reason } = standingOf(order, conversion);
    const isWaiting = reason === "outcome-pending" || reason === "adjusting";
    return isWaiting ? [{ conversion, reason, problem }] : [];
  });
  await saveStandings(tx, shop, standings, now);
}

/** Null where impact.com does not know it: submissions are kept for 90 days. */
async function readOutcome(
  impact: Ports["impact"],
  credentials: ImpactCredentials,
  submissionId: string,
): Promise<Result<SubmissionOutcome | null, ImpactProblem>> {
  const outcome = await impact.readSubmission(credentials, submissionId);
  return !outcome.ok && outcome.problem.kind === "not-found" ? success(null) : outcome;
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
