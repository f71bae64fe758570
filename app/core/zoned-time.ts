/** A UTC instant as ISO 8601 in an IANA time zone, to the second: 2026-11-23T05:00:00-05:00. */
export function zonedIso(at: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "longOffset",
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  const offset = part("timeZoneName").replace("GMT", "") || "+00:00";
  const day = `${part("year")}-${part("month")}-${part("day")}`;
  return `${day}T${part("hour")}:${part("minute")}:${part("second")}${offset}`;
}

/** Writes UTC instants as spreadsheets read them, in an IANA time zone: 2026-11-23 05:00. */
export function zonedMinutes(timeZone: string): (at: Date) => string {
  // Swedish writes times this way. One format for all: making one costs more than a thousand uses.
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "short",
  });
  return (at) => format.format(at);
}

/** The day it is there, as date fields want it: 2026-11-23. */
export function isoDay(at: Date, timeZone: string): string {
  // Swedish writes dates this way.
  return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(at);
}
