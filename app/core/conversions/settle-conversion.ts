import type { Ports } from "../ports/ports.ts";
import { failure, success, type Result } from "../result.ts";
import type { ImpactAction, ImpactProblem } from "../ports/impact.ts";
import type { Settled, Settling } from "./check-submission.ts";
import type { Conversion, Submission } from "./conversion.ts";
import { explainOutcome } from "./explain-outcome.ts";
import { LIST_LAG_MS } from "./list-lag.ts";
import { listLostCodes, paidByAction } from "./paid-by-action.ts";
import { cameToNothing, passOnRefused, refusalOfClick } from "./pass-on-refused.ts";
import { paidTo, saveVerdict, type Verdict } from "./save-verdict.ts";

interface Judged extends Verdict {
  /** impact.com may have it from an earlier try, but its list of actions does not have that one (yet). */
  isUnlisted?: boolean;
  /** impact.com would not pay the click by which it was reported: its reason. */
  refusedFor?: string | null;
}

/** Settles a conversion by its submission's outcome; a credited one is compared with its order at once. */
export async function settleConversion(ports: Ports, settling: Settling): Promise<Settled> {
  const { conversion, submission } = settling;
  const verdict = await judge(ports, settling);
  if (!verdict.ok) return failure(verdict.problem);
  const mayStillShow = ports.clock.now().getTime() < submission.submittedAt.getTime() + LIST_LAG_MS;
  if (verdict.value.isUnlisted && mayStillShow) return success("open");
  await settle(ports, conversion, submission, verdict.value);
  return success("settled");
}

/**
 * A duplicate may be our own earlier try whose answer never reached us: whoever impact.com paid for
 * the order id decides. So may a click that is refused now.
 */
async function judge(
  ports: Ports,
  { credentials, conversion, submission, outcome }: Settling,
): Promise<Result<Judged, ImpactProblem>> {
  if (!outcome || !credentials) return judgeByAction(ports, credentials, conversion);
  if (outcome.reasons.length === 0) return success(paidTo(conversion, outcome.partnerId));
  const problem = await explainOutcome(ports.store, conversion, outcome.reasons);
  const refusedFor = refusalOfClick(await asDecided(ports, conversion), outcome.reasons);
  const isDuplicate = outcome.reasons.includes("CONV_DUPLICATE");
  if (!isDuplicate && (!refusedFor || (await cameToNothing(ports, submission, conversion)))) {
    return success({ reason: "not-credited", problem, refusedFor });
  }
  const action = await ports.impact.findAction(credentials, conversion);
  if (!action.ok) return action;
  if (action.value && action.value.state !== "reversed") {
    return success(await judgeAction(ports, conversion, action.value));
  }
  return success({ reason: "not-credited", problem, refusedFor, isUnlisted: true });
}

/** A code that lost to another is sent for the sake of its partner's click alone. */
async function asDecided(
  { store }: Pick<Ports, "store">,
  { shop, orderId, code, clickId }: Conversion,
): Promise<Pick<Conversion, "code" | "clickId">> {
  if (code === null || clickId === null) return { code, clickId };
  const decision = await store.orders.findAttribution(shop, orderId);
  const carries = decision?.attribution.candidates.some(
    (one) => one.kind === "code" && one.code === code && one.verdict === "carries-click",
  );
  return { code: carries ? null : code, clickId };
}

/** What is left where the submission tells nothing any more. */
async function judgeByAction(
  ports: Ports,
  credentials: Settling["credentials"],
  conversion: Conversion,
): Promise<Result<Judged, ImpactProblem>> {
  const action = credentials
    ? await ports.impact.findAction(credentials, conversion)
    : success(null);
  if (!action.ok) return action;
  if (action.value) return success(await judgeAction(ports, conversion, action.value));
  const problem = "impact.com no longer knows this submission. Look the order up at impact.com.";
  return success({ reason: "not-credited", problem });
}

async function judgeAction(
  { store }: Ports,
  conversion: Conversion,
  action: ImpactAction,
): Promise<Verdict> {
  const lost = await listLostCodes(store, conversion.shop, [conversion]);
  return paidByAction(conversion, action, lost.get(conversion.orderId));
}

/** impact.com took it, and credits the partner it was sent for. */
export function wasTakenAsSent({ conversion, outcome }: Settling): boolean {
  if (!outcome || outcome.reasons.length > 0) return false;
  return paidTo(conversion, outcome.partnerId).reason === "credited";
}

async function settle(
  ports: Ports,
  { shop, orderId, id }: Conversion,
  submission: Submission,
  { refusedFor, ...verdict }: Judged,
): Promise<void> {
  const now = ports.clock.now();
  const completedAt = submission.completedAt ?? now;
  await ports.store.inPipeline(async (tx) => {
    await tx.orders.lock(shop, orderId);
    await tx.conversions.saveSubmission(shop, { ...submission, state: "complete", completedAt });
    const order = await tx.orders.find(shop, orderId);
    const sent = await tx.conversions.find(shop, id);
    if (!order || sent?.state !== "sent") return;
    const isPassedOn = refusedFor && (await passOnRefused(tx, order, sent, { refusedFor, now }));
    if (!isPassedOn) await saveVerdict(tx, order, sent, verdict, now);
  });
}
