/** impact.com documents 88 days for dated conversions; a margin keeps the last try inside. */
export const REPORTING_DAYS = 85;
const DAY_MS = 86_400_000;

/** Until then impact.com takes an order that was placed at that moment. */
export function reportingEndsAt(placedAt: Date): Date {
  return new Date(placedAt.getTime() + REPORTING_DAYS * DAY_MS);
}

/** Of what can be reported now, the oldest was placed then. */
export function oldestReportable(now: Date): Date {
  return new Date(now.getTime() - REPORTING_DAYS * DAY_MS);
}
