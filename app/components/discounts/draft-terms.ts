import type { TermsDraft } from "#app/core/codes/terms-draft.ts";

/** A discount's form without its codes, as typed. */
export type DraftTerms = TermsDraft;

/** Changes some of the terms. */
export type ChangeTerms = (change: Partial<DraftTerms>) => void;
