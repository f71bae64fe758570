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
  /** Whether a code that begins in the past credits orders from before it was created; not documented. */
  pastStart: "credits past orders" | "credits none of them";
  /** Whether a code string can be created once more; not documented (impact.md §12.2). */
  againAfterItsEnd: "allowed" | "refused";
  againWhileItStands: "allowed" | "refused";
  /**
   * A click of one partner with an ALWAYS code of another: "partner always credited" (API page),
   * or an invalid conversion (promo codes FAQ). The order of precedence is written nowhere.
   */
  otherPartnersClick: "code owner is credited" | "nobody is credited";
  /**
   * What comes of a click while its partner has an ALWAYS code. By the help centre such clicks are "no
   * longer tracked" (impact.md §4); the API's pages say nothing of it, of the look-up least of all.
   */
  alwaysPartnersClicks: "not known" | "known, and pay nobody" | "as all others";
  /** Which contracts a partner's Programs name: each has an ExpirationDate, and no page says more. */
  listedContracts: "active" | "active and expired";
  /** OrderId and event type that fit several actions: batch help and Advocate page disagree. */
  actionsByOrderId: "newest" | "all";
  /** In which currency a modification's amounts are read, as it names none; not documented. */
  changedAmounts: "order's currency" | "account's currency";
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
  /** Unless PageSize says so; one query may come to 10 pages (impact.md §1). */
  actionsPerPage: number;
  /** Whether submissions that are due are processed as they arrived, or the last first. */
  processesInOrder: boolean;
  /** Written for batch files; the REST limit is not documented. */
  oldestEventDays: { readonly byReferral: number; readonly byMediaId: number };
}

export const defaultRules: Rules = {
  codeCase: "api-page",
  bothFit: "exact first",
  codeDates: "event date",
  pastStart: "credits past orders",
  againAfterItsEnd: "allowed",
  againWhileItStands: "refused",
  otherPartnersClick: "code owner is credited",
  alwaysPartnersClicks: "not known",
  listedContracts: "active",
  actionsByOrderId: "newest",
  changedAmounts: "order's currency",
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
  actionsPerPage: 20_000,
  processesInOrder: true,
  oldestEventDays: { byReferral: 88, byMediaId: 398 },
};
