export interface RateLimit {
  perHour: number | null;
  remaining: number | null;
  resetsAt: Date | null;
}

/** Above this, a reset is an epoch; below, seconds from now. The documents say both. */
const SMALLEST_EPOCH_S = 1_000_000_000;

/**
 * impact.com's limit headers in every documented spelling (reference/impact.md, section 1), or null
 * where an answer has none.
 */
export function readRateLimit(headers: Pick<Headers, "get">, now: Date): RateLimit | null {
  const number = (...names: string[]): number | null => {
    for (const name of names) {
      const text = headers.get(name);
      if (text !== null && /^\d+$/.test(text.trim())) return Number(text);
    }
    return null;
  };
  const perHour = number("x-ratelimit-limit", "x-ratelimit-limit-hour");
  const remaining = number("x-ratelimit-remaining", "x-ratelimit-remaining-hour");
  const reset = number("x-ratelimit-reset", "ratelimit-reset", "retry-after");
  if (perHour === null && remaining === null && reset === null) return null;
  return { perHour, remaining, resetsAt: reset === null ? null : toDate(reset, now) };
}

function toDate(reset: number, now: Date): Date {
  if (reset >= SMALLEST_EPOCH_S) return new Date(reset * 1_000);
  return new Date(now.getTime() + reset * 1_000);
}
