export function codesText(count: number): string {
  return count === 1 ? "1 code" : `${count.toLocaleString("en")} codes`;
}

/** What is wrong with a file that codes are missing of. */
export function overdueText({
  codes,
  arrived,
  missing,
}: Record<"codes" | "arrived" | "missing", number>) {
  if (arrived === 0) return `None of the ${codesText(codes)} of a file has arrived at impact.com.`;
  return `${codesText(missing)} of a file ${missing === 1 ? "has" : "have"} not arrived at impact.com.`;
}
