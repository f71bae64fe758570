/** Where impact.com's documents disagree or are silent: each reading can be chosen. */
export interface Rules {
  /**
   * "api-page": exact codes match "exactly as recorded", expressions ignore case and outer spaces.
   * "help-page": exact codes ignore case, expressions do not (impact.md §4).
   */
  codeCase: "api-page" | "help-page";
  /** Which of them a typed code means that an exact code and an expression fit; not documented. */
  bothFit: "exact first" | "expression first";
  /** When a code's start and end are looked at: no page says whether at the order's EventDate. */
  codeDates: "event date" | "receipt";
  /** Whether a code string can be created once more; not documented (impact.md §12.2). */
  againAfterItsEnd: "allowed" | "refused";
  againWhileItStands: "allowed" | "refused";
  /**
   * A click of one partner with an ALWAYS code of another: "partner always credited" (API page),
   * or an invalid conversion (promo codes FAQ). The order of precedence is written nowhere.
   */
  otherPartnersClick: "code owner is credited" | "nobody is credited";
  /** The help centre says the clicks of a partner with an ALWAYS code are no longer tracked. */
  alwaysCodeSilencesClicks: boolean;
  /** Which contracts a partner's Programs name: each has an ExpirationDate, and no page says more. */
  listedContracts: "active" | "active and expired";
  /** OrderId and event type that fit several actions: batch help and Advocate page disagree. */
  actionsByOrderId: "newest" | "all";
  /** Whether an item set to quantity 0 can be given units again, or is gone; not documented. */
  emptiedItems: "kept" | "gone";
  /** v14 describes `errors[{field,level,message}]` for Conversions, other pages `Errors[{Field,…}]`. */
  conversionErrors: "lower case" | "upper case";
  /** Examples show every number as a string; the specification says integer, number, boolean. */
  scalars: "strings" | "typed";
  /** Older pages exempt Conversions from the hourly limit. */
  conversionsCountTowardsLimit: boolean;
  /** Described as seconds, shown as an epoch. */
  rateLimitReset: "epoch" | "seconds";
  /** The partner API's spelling: X-RateLimit-Limit-hour, RateLimit-Reset, Retry-After. */
  rateLimitSpelling: "plain" | "hour";
  /** The bulk-upload page spells two headings otherwise in its sample row than in its table. */
  templateHeadings: "table" | "sample";
  requestsPerHour: number;
  /** An hour; shorter for a test that can't wait for one. */
  limitWindowMs: number;
  /** How long a submission stays Queued, then In Progress, before it is Complete. */
  submissionDelayMs: number;
  /** How long a new action is missing from the list of actions; not documented. */
  listLagMs: number;
  /** Whether submissions that are due are processed as they arrived, or the last first. */
  processesInOrder: boolean;
  /** Written for batch files; the REST limit is not documented. */
  oldestEventDays: { readonly byReferral: number; readonly byMediaId: number };
}

export const defaultRules: Rules = {
  codeCase: "api-page",
  bothFit: "exact first",
  codeDates: "event date",
  againAfterItsEnd: "allowed",
  againWhileItStands: "refused",
  otherPartnersClick: "code owner is credited",
  alwaysCodeSilencesClicks: false,
  listedContracts: "active",
  actionsByOrderId: "newest",
  emptiedItems: "kept",
  conversionErrors: "lower case",
  scalars: "strings",
  conversionsCountTowardsLimit: true,
  rateLimitReset: "epoch",
  rateLimitSpelling: "plain",
  templateHeadings: "table",
  requestsPerHour: 1000,
  limitWindowMs: 60 * 60 * 1000,
  submissionDelayMs: 0,
  listLagMs: 0,
  processesInOrder: true,
  oldestEventDays: { byReferral: 88, byMediaId: 398 },
};
