/** The day it is there, as date fields want it: 2026-11-23. */
export function isoDay(at: Date, timeZone: string): string {
  // Swedish writes dates this way.
  return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(at);
}
