import type { TypedCode } from "./check-codes.ts";
import type { DiscountTerms } from "./discount.ts";
import { readTerms } from "./read-terms.ts";
import type { ShopNow, TermsDraft, TermsField } from "./terms-draft.ts";

/** The New discount form: its terms and the codes of partners. */
export interface DiscountDraft extends TermsDraft {
  codes: TypedCode[];
}

export { readDay } from "./read-dates.ts";

export type DraftField = TermsField | "partners";

export interface FieldProblem {
  field: DraftField;
  message: string;
}

/** Reads the form into terms. Every field that can't be read has its own sentence. */
export function readDiscountDraft(
  draft: DiscountDraft,
  shop: ShopNow,
): { terms: DiscountTerms; problems: FieldProblem[] } {
  const { terms, problems } = readTerms(draft, shop);
  if (draft.codes.length > 0) return { terms, problems };
  const noPartner = { field: "partners", message: "Choose at least one partner." } as const;
  return { terms, problems: [...problems, noPartner] };
}
