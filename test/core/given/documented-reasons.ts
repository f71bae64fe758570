import { errorReasons } from "#test/sandbox/impact/crediting/error-reason.ts";

/** The reasons of impact.com's brand API v14 (reference/impact.md, section 2.3), each once. */
export const DOCUMENTED_REASONS: readonly string[] = [
  ...errorReasons,
  "CALL_DUPLICATE",
  "CALL_DURATION_TOO_SHORT",
  "CALL_FOR_CALL_PER_CONV_AT",
  "CALL_INCOMPLETE",
  "CALL_OUTSIDE_DAILY_RANGE",
  "MALFORMED",
  "MAX_RECURRENCES_REACHED",
  "OID_MISSING",
  "OTHER_REF_PRIORITIZED",
  "REFTYPE_NOT_ACCEPTED",
  "UNCLAIMED",
];
