import { MOST_COUNTED } from "#app/core/codes/list-codes.ts";

/** How many codes match; null: more than are counted. */
export function countText(matching: number | null): string {
  if (matching === null) return `More than ${MOST_COUNTED.toLocaleString("en")} codes`;
  return matching === 1 ? "1 code" : `${matching.toLocaleString("en")} codes`;
}
