import type { Conversion } from "./conversion.ts";

/** By then a lease has run out a dozen times: more than any row of crashes and deploys brings about. */
const MOST_BREAKS = 12;

/** Its sending was begun so often and never came to an end, not even a failure: that is a bug. */
export function brokeOffTooOften({ unfinished }: Pick<Conversion, "unfinished">): boolean {
  return unfinished > MOST_BREAKS;
}

/**
 * Sends claimed conversions together, and those alone whose last sending broke off: one that always
 * does takes nobody with it. All are tried; then the first throw is passed on.
 */
export async function sendApart(
  claimed: readonly Conversion[],
  send: (some: readonly Conversion[]) => Promise<void>,
): Promise<void> {
  const whole = claimed.filter(({ unfinished }) => unfinished <= 1);
  const broken = claimed.filter(({ unfinished }) => unfinished > 1);
  const thrown: unknown[] = [];
  for (const some of [whole, ...broken.map((one) => [one])]) {
    await send(some).catch((error: unknown) => thrown.push(error));
  }
  if (thrown.length > 0) throw thrown[0];
}
