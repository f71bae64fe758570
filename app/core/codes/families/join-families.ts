import type { DiscountCode, ShopDomain } from "../../ids.ts";
import type { NewCode } from "../../ports/code-stores.ts";
import type { Stores } from "../../ports/store.ts";
import type { CodeFamily } from "./code-family.ts";

export interface JoinedCodes {
  /** In the order given; those that their partner's family matches are of it. */
  codes: NewCode[];
  /** Codes that another partner's family matches: impact.com would credit them to that partner. */
  others: OthersFamily[];
}

interface OthersFamily {
  code: DiscountCode;
  family: CodeFamily;
}

/** Finds the families that new codes are of. Their partners are known, and nothing is written. */
export async function joinFamilies(
  { families }: Pick<Stores, "families">,
  shop: ShopDomain,
  codes: readonly NewCode[],
): Promise<JoinedCodes> {
  const found = await families.findFor(
    shop,
    codes.map(({ code }) => code),
  );
  if (found.size === 0) return { codes: [...codes], others: [] };
  const joined: JoinedCodes = { codes: [], others: [] };
  for (const one of codes) {
    const family = found.get(one.code);
    const isOthers = family && family.partner.partnerId !== one.partnerId;
    if (isOthers) joined.others.push({ code: one.code, family });
    else joined.codes.push({ ...one, familyId: family?.id ?? null });
  }
  return joined;
}

/** Why a code can't be another partner's. */
export function isOfFamily(code: DiscountCode, { partner, shape }: CodeFamily): string {
  return `${code} is one of the codes ${shape} that impact.com credits to ${partner.name}. Choose another code.`;
}
