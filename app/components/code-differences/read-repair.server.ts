import {
  DIFFERENCE_KINDS,
  type CodeDifferenceKind,
} from "#app/core/code-differences/code-difference.ts";
import { REPAIRS, type Repair } from "#app/core/code-differences/repairs.ts";

/** Which repair the form asks for; null where it is none. */
export function readRepair(form: FormData): { kind: CodeDifferenceKind; repair: Repair } | null {
  const kind = DIFFERENCE_KINDS.find((one) => one === form.get("kind"));
  const repair = REPAIRS.find((one) => one === form.get("repair"));
  return kind && repair ? { kind, repair } : null;
}
