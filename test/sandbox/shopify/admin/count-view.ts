/** Count: it stops at its limit and says that there are more. */
export function countView(count: number, limit: number | null | undefined) {
  return typeof limit === "number" && count > limit
    ? { count: limit, precision: "AT_LEAST" }
    : { count, precision: "EXACT" };
}
