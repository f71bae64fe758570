/** The documented reasons (impact.md §2.3) that this stand-in can come to. */
export const errorReasons = [
  "ACTION_REF_NOT_FOUND",
  "ACTIONTERMS_NOT_FOUND",
  "ACTIONTRACKER_CAMPAIGN_MISMATCH",
  "ACTIONTRACKER_NOT_ACTIVE",
  "ACTIONTRACKER_NOT_FOUND",
  "BLOCKED_BY_PROMOCODE",
  "CAMPAIGN_NOT_FOUND",
  "CONTRACT_NOT_FOUND",
  "CONV_DUPLICATE",
  "CONV_MALFORMED",
  "CREDITING_RULE_MISMATCH",
  "NO_ITEM",
  "NO_VALID_ACTION_REF",
  "OUTSIDE_ASSOCIATION_WINDOW",
  "PARTNER_NOT_ACTIVE",
  "RESTRICTED_PROMOCODE",
] as const;

export type ErrorReason = (typeof errorReasons)[number];
