const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 60 * 60_000;

/**
 * When to try again: doubling from 15 s to an hour, each wait drawn between half and all of it, so
 * that what failed together does not come back together. `random` is in [0, 1).
 * A time the other side names is kept to: what waits for it comes due together, and the queue lets
 * the nearest deadline go first.
 */
export function nextAttemptAt(options: {
  now: Date;
  attempts: number;
  random: number;
  notBefore?: Date | undefined;
}): Date {
  const named = options.notBefore?.getTime() ?? 0;
  if (named >= options.now.getTime() + FIRST_WAIT_MS / 2) return new Date(named);
  const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(options.attempts, 12), LONGEST_WAIT_MS);
  return new Date(options.now.getTime() + wait * (0.5 + options.random / 2));
}

/** How many tries such waits make of a time: for what has waited so long, but does not count its tries. */
export function triesWithin(ms: number): number {
  return Math.floor(Math.log2(1 + Math.max(0, ms) / FIRST_WAIT_MS));
}

/** The next whole second: what is put back together, each a moment later, goes out in one job. */
export function onTheSecond(at: Date): Date {
  return new Date(Math.ceil(at.getTime() / 1_000) * 1_000);
}
