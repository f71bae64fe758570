const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 60 * 60_000;

/**
 * When to try again: doubling from 15 s to an hour, each wait drawn between half and all of it, so
 * that what failed together does not come back together. `random` is in [0, 1).
 */
export function nextAttemptAt(options: {
  now: Date;
  attempts: number;
  random: number;
  notBefore?: Date | undefined;
}): Date {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(options.attempts, 12), LONGEST_WAIT_MS);
  const drawn = options.now.getTime() + wait * (0.5 + options.random / 2);
  return new Date(Math.max(drawn, options.notBefore?.getTime() ?? 0));
}
