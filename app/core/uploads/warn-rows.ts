import type { CodeWarning } from "../codes/pattern/warn-code.ts";
import { createWarner } from "../codes/warn-named-code.ts";
import type { CodeMaking } from "../ports/code-making.ts";
import type { RowVerdict } from "./judge-upload.ts";
import type { PartnerLookup } from "./partner-lookup.ts";

/** So many are named; how many there are is counted. */
const MOST_NAMED = 20;

/** New codes of a file that are easily guessed: they are good rows all the same. */
export interface UploadWarnings {
  rows: number;
  byReason: Partial<Record<CodeWarning["reason"], number>>;
  /** The first of them, by their numbers in the file. */
  first: { number: number; code: string; message: string }[];
}

/** Takes the verdicts of a file chunk by chunk; `warnings` is what has come together so far. */
export function startWarnings(codeMaking: CodeMaking, partners: Pick<PartnerLookup, "byId">) {
  const warn = createWarner(codeMaking);
  const warnings: UploadWarnings = { rows: 0, byReason: {}, first: [] };
  const take = (verdicts: readonly RowVerdict[]): void => {
    for (const each of verdicts) {
      if (each.verdict !== "new") continue;
      const { code, partnerId } = each.wanted;
      const warning = warn(code, partners.byId(partnerId));
      if (!warning) continue;
      const { reason, message } = warning;
      warnings.rows += 1;
      warnings.byReason[reason] = (warnings.byReason[reason] ?? 0) + 1;
      if (warnings.first.length < MOST_NAMED) {
        warnings.first.push({ number: each.row.number, code, message });
      }
    }
  };
  return { warnings, take };
}
