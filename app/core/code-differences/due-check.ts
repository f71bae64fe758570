import type { Reconciliation } from "../ledger/reconciliation.ts";
import { zonedIso } from "../zoned-time.ts";

const HOUR_MS = 3_600_000;
/** A night's run may begin at another of its hours than the one before. */
const ONCE_A_NIGHT_MS = 20 * HOUR_MS;
/** A shop whose night was missed is not left waiting for the next. */
const TOO_LONG_MS = 36 * HOUR_MS;
/** In the shop's time, when few codes are being made or used. */
const NIGHT = { from: 1, until: 5 };

/** Whether all codes are to be compared now: once in each of the shop's nights. */
export function isCheckDue(
  last: Pick<Reconciliation, "startedAt"> | null,
  timeZone: string,
  now: Date,
): boolean {
  const hour = Number(zonedIso(now, timeZone).slice(11, 13));
  const isNight = hour >= NIGHT.from && hour < NIGHT.until;
  if (!last) return isNight;
  const ago = now.getTime() - last.startedAt.getTime();
  return isNight ? ago >= ONCE_A_NIGHT_MS : ago >= TOO_LONG_MS;
}
