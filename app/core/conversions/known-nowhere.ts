import type { Conversion, Submission } from "./conversion.ts";

/**
 * impact.com said of every try under the conversion's order id that nothing came of it; a duplicate, or
 * no answer, says otherwise. `submissions` are all of the conversion's.
 */
export function isKnownNowhere(
  { accountSid, attempts }: Pick<Conversion, "accountSid" | "attempts">,
  submissions: readonly Submission[],
): boolean {
  if (accountSid === null) return true;
  const ofThis = underThisOrderId(submissions);
  return ofThis.length === attempts && ofThis.every(cameToNothing);
}

/**
 * Nothing came of any try that was answered; whether of the others anything did, impact.com's list tells
 * in time. What it calls a duplicate is there by its own word, listed or not.
 */
export function mayBeUnlisted(submissions: readonly Submission[]): boolean {
  return underThisOrderId(submissions).every(cameToNothing);
}

/**
 * The receipts for a conversion under the order id that it has now, oldest first. It was adjusted under
 * earlier ones only: what is reported anew was reversed before.
 */
export function underThisOrderId(submissions: readonly Submission[]): Submission[] {
  const sorted = submissions.toSorted((a, b) => a.submittedAt.getTime() - b.submittedAt.getTime());
  const adjusted = sorted.findLastIndex(({ adjustmentId }) => adjustmentId !== null);
  return sorted.slice(adjusted + 1);
}

function cameToNothing({ errorReason }: Submission): boolean {
  return errorReason !== null && !errorReason.includes("CONV_DUPLICATE");
}
