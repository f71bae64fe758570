import type { Adjustment } from "../adjustments/adjustment.ts";
import type { Conversion } from "../conversions/conversion.ts";
import type { PartnerId } from "../ids.ts";
import type { ListedPartner } from "../partners/partner.ts";
import type { EventType, ImpactCredentials } from "../program/program.ts";
import type { Problem, Result } from "../result.ts";
import type { Reach } from "../uploads/reach.ts";

export type ImpactProblem = Problem<
  "bad-credentials" | "missing-scope" | "rate-limited" | "refused" | "unavailable" | "not-found"
> & {
  /**
   * impact.com has certainly taken nothing of the request: it was never sent, or impact.com turned it
   * away. Of any other failure nobody knows, and impact.com may have it.
   */
  tookNothing?: true;
};

/**
 * What the hourly budget is spent on, most important first. "asked": a merchant waits at a form, whom
 * a batch that registers for days must not hold up. "many": registrations of such a batch, which leave
 * room for single ones and reads. "spare": nobody waits for it.
 */
export type ImpactPriority =
  "conversion" | "adjustment" | "outcome" | "asked" | "registration" | "read" | "many" | "spare";

export interface ImpactProgram {
  programId: string;
  name: string;
  state: string;
  promoCodeTracking: boolean;
}

/** How impact.com compares a registered code with an order's: all of it, or as a regular expression. */
export type MatchMode = "exact" | "expression";

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

/** One registration as it is read by its id. */
export interface ReadPromoCode extends PromoCode {
  /** It credits nobody any more, whether or not impact.com names an end; one that begins later is not ended. */
  isEnded: boolean;
  /** Null where impact.com does not say. */
  isPattern: boolean | null;
}

/** A registration as impact.com lists it, whatever has become of it. */
export interface ListedPromoCode extends PromoCode {
  /** It credits nobody any more; one that begins later is not ended. */
  isEnded: boolean;
  /** A regular expression, that stands for many codes. */
  isPattern: boolean;
}

export interface SubmissionOutcome {
  state: "queued" | "complete";
  errorType: string | null;
  /** impact.com's reason codes, e.g. CONTRACT_NOT_FOUND; empty when it went through. */
  reasons: string[];
  partnerId: PartnerId | null;
  completedAt: Date | null;
}

/** One of impact.com's actions: an order it has credited to somebody. Amounts are in the account's currency. */
export interface ImpactAction {
  actionId: string;
  impactOrderId: string;
  eventTypeId: string;
  partnerId: PartnerId;
  state: "pending" | "approved" | "reversed";
  currency: string | null;
  amountMinor: number | null;
  /** Before anything was changed of it. */
  intendedMinor: number | null;
  payoutMinor: number | null;
  promoCode: string | null;
  eventAt: Date | null;
  /** From then on impact.com lets nobody change it. */
  lockedAt: Date | null;
}

export interface Impact {
  /** The same for work on many codes, whose registrations leave room for everybody else's. */
  ofMany(): Impact;
  companyName(credentials: ImpactCredentials): Promise<Result<string | null, ImpactProblem>>;
  /** In which it lists all amounts; null where impact.com does not say. Asked once in a process. */
  accountCurrency(credentials: ImpactCredentials): Promise<Result<string | null, ImpactProblem>>;
  listPrograms(credentials: ImpactCredentials): Promise<Result<ImpactProgram[], ImpactProblem>>;
  /** Event types named by the program's contracts, or by its recent actions. */
  listEventTypes(
    credentials: ImpactCredentials,
    programId: string,
  ): Promise<Result<EventType[], ImpactProblem>>;
  listPartners(
    credentials: ImpactCredentials,
    query: { programId: string; page: number; now: Date },
  ): Promise<Result<{ partners: ListedPartner[]; pages: number }, ImpactProblem>>;
  /** The e-mails of the partners' accounts, to find who a file means: they are kept nowhere. */
  listPartnerEmails(
    credentials: ImpactCredentials,
    query: { programId: string; page: number },
  ): Promise<
    Result<{ accounts: { partnerId: PartnerId; email: string }[]; pages: number }, ImpactProblem>
  >;
  /**
   * A page of a program's registrations, 1,000 at a time, those that have ended among them unless only
   * those that are active now are asked for. A read, unless told.
   */
  listPromoCodes(
    credentials: ImpactCredentials,
    query: {
      programId: string;
      page: number;
      now: Date;
      priority?: ImpactPriority;
      isActive?: true;
    },
  ): Promise<Result<{ promoCodes: ListedPromoCode[]; pages: number }, ImpactProblem>>;
  /**
   * To the next thousand how many a program has, ended ones among them unless told. Asked once in ten
   * minutes.
   */
  countPromoCodes(
    credentials: ImpactCredentials,
    query: { programId: string; now: Date; isActive?: true },
  ): Promise<Result<number, ImpactProblem>>;
  /** The registration of a code, or an expression, that is live or will be, if there is one. */
  findPromoCode(
    credentials: ImpactCredentials,
    query: { programId: string; code: string; now: Date; priority: ImpactPriority },
  ): Promise<Result<PromoCode | null, ImpactProblem>>;
  /** How many registrations an account's hour has room for, beside what is kept back for conversions. */
  registrationsPerHour(credentials: ImpactCredentials): Promise<number>;
  registerPromoCode(
    credentials: ImpactCredentials,
    registration: {
      programId: string;
      code: string;
      /** "exact" unless told. */
      matchMode?: MatchMode;
      partnerId: PartnerId;
      startsAt: Date;
      endsAt: Date | null;
      /** ALWAYS unless told. */
      reach?: Reach | null;
    },
  ): Promise<Result<{ promoCodeId: string }, ImpactProblem>>;
  /**
   * Ends a registration now: impact.com can't be told a later end (reference/impact.md, section 4).
   * One that has ended stays as it is. False: impact.com knows no such registration.
   */
  endPromoCode(
    credentials: ImpactCredentials,
    promoCodeId: string,
  ): Promise<Result<{ wasThere: boolean }, ImpactProblem>>;
  /** One registration as impact.com has it, whether or not it has ended; null where it has none. */
  readPromoCode(
    credentials: ImpactCredentials,
    promoCodeId: string,
    query: { now: Date; priority: ImpactPriority },
  ): Promise<Result<ReadPromoCode | null, ImpactProblem>>;
  /** `registeredAs`: how impact.com spells the conversion's code, where that is otherwise. */
  submitConversion(
    credentials: ImpactCredentials,
    conversion: Conversion,
    registeredAs?: string | null,
  ): Promise<Result<{ submissionId: string }, ImpactProblem>>;
  readSubmission(
    credentials: ImpactCredentials,
    submissionId: string,
  ): Promise<Result<SubmissionOutcome, ImpactProblem>>;
  /**
   * Modifies or reverses an action with absolute values, so that a repeat changes nothing. A first
   * attempt names the items that change, a later one all of them: impact.com may have an earlier one.
   */
  submitAdjustment(
    credentials: ImpactCredentials,
    adjustment: Adjustment,
    conversion: Pick<Conversion, "impactOrderId" | "eventTypeId" | "lines" | "held">,
  ): Promise<Result<{ submissionId: string }, ImpactProblem>>;
  /**
   * The newest action for an order id, looked for around the order's own date. One that is not
   * reversed comes first.
   */
  findAction(
    credentials: ImpactCredentials,
    query: {
      programId: string;
      eventTypeId: string;
      impactOrderId: string;
      eventAt: Date;
      priority?: ImpactPriority;
    },
  ): Promise<Result<ImpactAction | null, ImpactProblem>>;
  /** The click with that id in a program of the account; null: the program knows no such click. */
  findClick(
    credentials: ImpactCredentials,
    query: { programId: string; clickId: string; priority?: ImpactPriority },
  ): Promise<
    Result<
      {
        programId: string;
        partner: { partnerId: PartnerId; name: string };
        clickedAt: Date | null;
      } | null,
      ImpactProblem
    >
  >;
  /** A page of a program's actions by their event date; the range is 45 days at most. */
  listActions(
    credentials: ImpactCredentials,
    query: {
      programId: string;
      from: Date;
      to: Date;
      page: number;
      /** "read" unless told. */
      priority?: ImpactPriority;
    },
  ): Promise<Result<{ actions: ImpactAction[]; pages: number }, ImpactProblem>>;
}
