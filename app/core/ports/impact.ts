import type { Conversion } from "../conversions/conversion.ts";
import type { DiscountCode, PartnerId } from "../ids.ts";
import type { Partner } from "../partners/partner.ts";
import type { EventType, ImpactCredentials } from "../program/program.ts";
import type { Problem, Result } from "../result.ts";

export type ImpactProblem = Problem<
  "bad-credentials" | "missing-scope" | "rate-limited" | "refused" | "unavailable" | "not-found"
>;

/** What the hourly budget is spent on, most important first. */
export type ImpactPriority = "conversion" | "adjustment" | "outcome" | "registration" | "read";

export interface ImpactProgram {
  programId: string;
  name: string;
  state: string;
  promoCodeTracking: boolean;
}

export interface PromoCode {
  promoCodeId: string;
  code: string;
  partnerId: PartnerId;
  partnerName: string;
  /** Null where impact.com names none. */
  creditPolicy: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
}

export interface SubmissionOutcome {
  state: "queued" | "complete";
  errorType: string | null;
  /** impact.com's reason codes, e.g. CONTRACT_NOT_FOUND; empty when it went through. */
  reasons: string[];
  partnerId: PartnerId | null;
  completedAt: Date | null;
}

export interface Impact {
  companyName(credentials: ImpactCredentials): Promise<Result<string | null, ImpactProblem>>;
  listPrograms(credentials: ImpactCredentials): Promise<Result<ImpactProgram[], ImpactProblem>>;
  /** Event types named by the program's contracts, or by its recent actions. */
  listEventTypes(
    credentials: ImpactCredentials,
    programId: string,
  ): Promise<Result<EventType[], ImpactProblem>>;
  listPartners(
    credentials: ImpactCredentials,
    query: { programId: string; page: number; now: Date },
  ): Promise<Result<{ partners: Partner[]; pages: number }, ImpactProblem>>;
  /** The registration of a code that is live or will be, if there is one. */
  findPromoCode(
    credentials: ImpactCredentials,
    query: { programId: string; code: DiscountCode; now: Date; priority: ImpactPriority },
  ): Promise<Result<PromoCode | null, ImpactProblem>>;
  registerPromoCode(
    credentials: ImpactCredentials,
    registration: {
      programId: string;
      code: DiscountCode;
      partnerId: PartnerId;
      startsAt: Date;
      endsAt: Date | null;
    },
  ): Promise<Result<{ promoCodeId: string }, ImpactProblem>>;
  submitConversion(
    credentials: ImpactCredentials,
    conversion: Conversion,
  ): Promise<Result<{ submissionId: string }, ImpactProblem>>;
  readSubmission(
    credentials: ImpactCredentials,
    submissionId: string,
  ): Promise<Result<SubmissionOutcome, ImpactProblem>>;
  /** The partner impact.com paid for an order id, looked for around the order's own date. */
  findAction(
    credentials: ImpactCredentials,
    query: { programId: string; eventTypeId: string; impactOrderId: string; eventAt: Date },
  ): Promise<Result<{ partnerId: PartnerId } | null, ImpactProblem>>;
}
