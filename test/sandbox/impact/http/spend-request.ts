import type { Rules } from "../rules.ts";
import type { Account } from "../state.ts";

interface Spent {
  exceeded: boolean;
  headers: Record<string, string>;
}

/** Counts one request in the account's current hour; a free one is told the state of it only. */
export function spendRequest(
  account: Account,
  now: Date,
  rules: Rules,
  how: { free: boolean; refused: boolean },
): Spent {
  const current = account.hour;
  const inHour =
    current !== null && now.getTime() < current.startedAt.getTime() + rules.limitWindowMs;
  const window = inHour ? current : { startedAt: now, used: 0 };
  account.hour = window;
  const exceeded = how.refused || (!how.free && window.used >= rules.requestsPerHour);
  if (!how.free && !exceeded) window.used += 1;
  const remaining = exceeded ? 0 : rules.requestsPerHour - window.used;
  return { exceeded, headers: limitHeaders(remaining, window.startedAt, now, rules) };
}

function limitHeaders(
  remaining: number,
  startedAt: Date,
  now: Date,
  rules: Rules,
): Record<string, string> {
  const endsAt = startedAt.getTime() + rules.limitWindowMs;
  const seconds = Math.max(0, Math.ceil((endsAt - now.getTime()) / 1000));
  const reset = rules.rateLimitReset === "seconds" ? seconds : Math.ceil(endsAt / 1000);
  if (rules.rateLimitSpelling === "plain")
    return {
      "X-RateLimit-Limit": String(rules.requestsPerHour),
      "X-RateLimit-Remaining": String(remaining),
      "X-RateLimit-Reset": String(reset),
    };
  return {
    "X-RateLimit-Limit-hour": String(rules.requestsPerHour),
    "X-RateLimit-Remaining-hour": String(remaining),
    "RateLimit-Reset": String(reset),
    ...(remaining === 0 ? { "Retry-After": String(seconds) } : {}),
  };
}
