import type { PartnerId } from "../../ids.ts";
import { success, type Result } from "../../result.ts";
import type { PartnerFacts } from "../pattern/fill-pattern.ts";
import type { Pattern } from "../pattern/pattern.ts";
import { familyOf, shapeOf, type FamilyProblem } from "./family-of.ts";
import type { FamilyDraft } from "./code-family.ts";

/** A partner that codes are to be drawn for. */
export interface DrawnFor extends PartnerFacts {
  partnerId: PartnerId;
  /** As impact.com has it. */
  name: string;
}

/** A family with the name of its partner, to speak of it. */
export interface NamedDraft extends FamilyDraft {
  name: string;
}

/** What each partner's codes have in common, whether they are to be a family or not. */
export function draftShapes(pattern: Pattern, partners: readonly DrawnFor[]): NamedDraft[] {
  return partners.map((partner) => {
    const { partnerId, name } = partner;
    return { partnerId, name, shape: shapeOf(pattern, partner) };
  });
}

/** A family for each partner, or why one of them can't have one. */
export function draftFamilies(
  pattern: Pattern,
  partners: readonly DrawnFor[],
): Result<NamedDraft[], FamilyProblem> {
  for (const partner of partners) {
    const family = familyOf(pattern, partner);
    if (!family.ok) return family;
  }
  return success(draftShapes(pattern, partners));
}
