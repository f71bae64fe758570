import type { ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { Problem } from "../result.ts";
import { nextAttemptAt } from "../retry.ts";

/** impact.com does not say when its limit ends. */
const NOT_SAID_MS = 120_000;

/**
 * When to ask again where impact.com was told nothing: its hourly limit is met, or it is left alone for
 * a while after failures in a row. That is no try of anything's; null where it may have been told.
 */
export function untoldUntil(
  { clock, random }: Pick<Ports, "clock" | "random">,
  { kind, retryAt }: Pick<Problem, "kind" | "retryAt">,
): Date | null {
  // What it did not answer names no time: only the pause does, in which nothing is sent.
  const isUntold = kind === "rate-limited" || (kind === "unavailable" && retryAt !== undefined);
  if (!isUntold) return null;
  const now = clock.now();
  const notBefore = retryAt ?? new Date(now.getTime() + NOT_SAID_MS);
  return nextAttemptAt({ now, attempts: 0, random: random(), notBefore });
}

/**
 * When the rest of a list goes on; null: at once. Where impact.com did not answer for one, the others
 * wait some seconds too: a few failures in a row would make the account's conversions pause as well.
 */
export function othersGoOnAt(
  ports: Pick<Ports, "clock" | "random">,
  problem: ImpactProblem,
): Date | null {
  const untold = untoldUntil(ports, problem);
  if (untold || problem.kind !== "unavailable") return untold;
  return nextAttemptAt({ now: ports.clock.now(), attempts: 0, random: ports.random() });
}
