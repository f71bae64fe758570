import type { Submission } from "../conversions/conversion.ts";
import type { ShopDomain } from "../ids.ts";

/** Outcomes of many submissions at once. */
export interface OutcomeStore {
  /** Those of these submissions of conversions whose outcome is open. */
  listOpen(shop: ShopDomain, submissionIds: readonly string[]): Promise<Submission[]>;
  /** Completes submissions that went through, each with the partner who was credited, and when. */
  completeAll(
    shop: ShopDomain,
    submissions: readonly Pick<Submission, "submissionId" | "partnerId" | "completedAt">[],
    now: Date,
  ): Promise<void>;
  /** Counts that open ones were asked about once more. */
  noteChecks(shop: ShopDomain, submissionIds: readonly string[]): Promise<void>;
}
