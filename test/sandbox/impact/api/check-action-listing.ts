import type { Violation } from "./violation.ts";

const day = 24 * 60 * 60 * 1000;
const ranges = [
  ["StartDate", "EndDate"],
  ["ActionDateStart", "ActionDateEnd"],
  ["LockingDateStart", "LockingDateEnd"],
] as const;

/** The date and page constraints of GET /Actions, "effective 5 August 2024". */
export function checkActionListing(query: URLSearchParams): Violation[] {
  const violations: Violation[] = [];
  const refuse = (field: string, message: string) =>
    violations.push({ field, message, status: 400 });

  for (const [from, to] of ranges) {
    if (query.has(to) && !query.has(from)) refuse(from, `Required with ${to}`);
  }
  if (query.has("StartDate") && !query.has("EndDate")) refuse("EndDate", "Required with StartDate");
  const span = Date.parse(query.get("EndDate") ?? "") - Date.parse(query.get("StartDate") ?? "");
  if (span > 45 * day) refuse("EndDate", "The range cannot exceed 45 days");
  if (query.has("PageSize") && Number(query.get("PageSize")) < 2000)
    refuse("PageSize", "The minimum is 2000");
  return violations;
}
