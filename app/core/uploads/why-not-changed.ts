import type { KnownCode } from "./judge-upload.ts";
import type { RowProblem, WantedCode } from "./read-upload-row.ts";
import type { UploadColumn } from "./upload-column.ts";

/**
 * A file makes new codes and changes none: each change that a row would make to a code of yours, with
 * what to do instead. An empty cell asks for no change.
 */
export function whyNotChanged(
  wanted: WantedCode,
  found: Extract<KnownCode, { kind: "ours" }>,
): RowProblem[] {
  const { code, startsAt, endsAt, reach } = wanted;
  const problem = (column: UploadColumn, what: string): RowProblem => ({
    kind: "changes-yours",
    column,
    message: `${code} is yours already, and a file changes no code: ${what}`,
  });
  const differs = (a: Date | null, b: Date | null) => a !== null && a.getTime() !== b?.getTime();
  const problems: RowProblem[] = [];
  if (!found.partner) {
    const what =
      "it is nobody's yet. On the Codes page press Assign them together, find partners by a file, and give it this file.";
    problems.push(problem("partner", what));
  }
  if (differs(startsAt, found.startsAt)) {
    problems.push(problem("startsOn", "its start stays. Empty that cell, or delete the row."));
  }
  if (differs(endsAt, found.endsAt)) {
    const what =
      "its end stays. Empty that cell, and retire the code on the Codes page on that day.";
    problems.push(problem("endsOn", what));
  }
  if (reach !== null && reach !== found.reach) {
    const what = "its reach stays. Empty that cell, or retire the code and upload another one.";
    problems.push(problem("reach", what));
  }
  return problems;
}
