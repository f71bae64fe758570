import { useState } from "react";
import type { FieldProblem } from "#app/core/codes/discount-draft.ts";
import type { DraftTerms } from "./draft-terms.ts";
import type { DraftFields } from "./draft-text-field.tsx";
import { useFieldErrors } from "./use-field-errors.ts";

/** The terms as they are typed, with what saving found wrong. */
export function useTermsForm(
  start: DraftTerms,
  problems: FieldProblem[] | undefined,
): { fields: DraftFields; forget: (fields: string[]) => void; isDirty: boolean } {
  const [first] = useState(start);
  const [terms, setTerms] = useState(start);
  const { errors, forget } = useFieldErrors(problems);
  const change = (some: Partial<DraftTerms>) => {
    setTerms({ ...terms, ...some });
    forget(Object.keys(some));
  };
  const isDirty = JSON.stringify(terms) !== JSON.stringify(first);
  return { fields: { terms, change, errors }, forget, isDirty };
}
