/** How fast a batch is, and how long it will take, where that is known; of one side alone, if told. */
export function paceFacts(
  perMinute: number | null,
  secondsLeft: number | null,
  side = "",
): { term: string; value: string }[] {
  if (perMinute === null || secondsLeft === null) return [];
  const rate = `${Math.round(perMinute).toLocaleString("en")} codes a minute`;
  return [
    { term: `Pace${side}`, value: rate },
    { term: `Time left${side}`, value: sayDuration(secondsLeft) },
  ];
}

/** As exactly as anybody wants to know: 40 seconds, 12 minutes, 3 hours 10 minutes. */
function sayDuration(seconds: number): string {
  if (seconds < 60) return count(Math.max(1, seconds), "second");
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return count(minutes, "minute");
  const rest = minutes % 60;
  return [count(Math.floor(minutes / 60), "hour"), rest > 0 && count(rest, "minute")]
    .filter(Boolean)
    .join(" ");
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}
