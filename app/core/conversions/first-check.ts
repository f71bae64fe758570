const FIRST_CHECK_MS = 5_000;

/**
 * When impact.com is first asked about what was sent at that moment: on a shared tick, so that one
 * list answers for all that were sent about then.
 */
export function firstCheckAt(sentAt: Date): Date {
  const soonest = sentAt.getTime() + FIRST_CHECK_MS;
  return new Date(Math.ceil(soonest / FIRST_CHECK_MS) * FIRST_CHECK_MS);
}
