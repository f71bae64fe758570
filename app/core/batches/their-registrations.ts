import { createFindStanding } from "../codes/expressions/find-standing.ts";
import type { DiscountCode, PartnerId } from "../ids.ts";
import { whyRegistered } from "../uploads/look-up-at-impact.ts";
import type { TheirRegistration } from "./batch.ts";

/** Tells why a code can't be a partner's for what others have at impact.com; null where it can. */
export type WhyTheirs = (code: DiscountCode, partnerId: PartnerId) => string | null;

export function createWhyTheirs(theirs: readonly TheirRegistration[]): WhyTheirs {
  const find = createFindStanding(theirs);
  return (code, partnerId) => whyRegistered(find(code), { code, partnerId });
}
