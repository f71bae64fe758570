import type { DiscountDraft } from "#app/core/codes/discount-draft.ts";

/** The New discount form without its codes, as typed. */
export type DraftTerms = Omit<DiscountDraft, "codes">;

export function emptyTerms(today: string): DraftTerms {
  return {
    title: "",
    valueKind: "percentage",
    value: "",
    startsOn: today,
    endsOn: "",
    usageLimit: "",
    oncePerCustomer: false,
    combines: false,
    minimum: "",
  };
}

/** Changes some of the terms. */
export type ChangeTerms = (change: Partial<DraftTerms>) => void;
