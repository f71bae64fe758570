/** Times as people of one shop read them. Formatted on the server alone, so that no browser differs. */
export interface TimeFormats {
  /** Nov 23, 2026 */
  day(at: Date): string;
  /** Nov 23, 2026, 6:11 PM */
  minute(at: Date): string;
  /** Nov 23, 6:11:05 PM PST */
  second(at: Date): string;
}

export function timeFormats(timeZone: string): TimeFormats {
  const day = formatter({ timeZone, dateStyle: "medium" });
  const minute = formatter({ timeZone, dateStyle: "medium", timeStyle: "short" });
  const second = formatter({
    timeZone,
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  });
  return { day, minute, second };
}

function formatter(options: Intl.DateTimeFormatOptions): (at: Date) => string {
  const format = new Intl.DateTimeFormat("en-US", options);
  return (at) => format.format(at);
}
