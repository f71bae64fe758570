import { timeFormats } from "./time-formats.server.ts";

/** The days from one instant to another, as people write them: Nov 1, 2026 – Nov 23, 2026. */
export function daySpan({ from, to }: { from: Date; to: Date }, timeZone: string): string {
  const { day } = timeFormats(timeZone);
  const first = day(from);
  const last = day(new Date(to.getTime() - 1));
  return first === last ? first : `${first} – ${last}`;
}
