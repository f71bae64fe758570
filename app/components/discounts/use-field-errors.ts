import { useState } from "react";
import type { DraftField, FieldProblem } from "#app/core/codes/discount-draft.ts";

/** The sentence beside a field, ready to be spread over it. */
export type FieldErrors = (field: DraftField) => { error?: string };

/** What saving found wrong, until the merchant changes the field. */
export function useFieldErrors(problems: FieldProblem[] | undefined): {
  errors: FieldErrors;
  forget: (fields: string[]) => void;
} {
  const [forgotten, setForgotten] = useState({ problems, fields: new Set<string>() });
  const known = forgotten.problems === problems ? forgotten.fields : new Set<string>();
  return {
    errors: (field) => {
      const found = problems?.find((problem) => problem.field === field);
      return found && !known.has(field) ? { error: found.message } : {};
    },
    forget: (fields) => setForgotten({ problems, fields: new Set([...known, ...fields]) }),
  };
}
