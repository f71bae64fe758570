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
  /** Null: another shop's, of which nothing more is told. */
  family: CodeFamily | null;
}

/**
 * Finds the families that new codes are of. Their partners are known, and nothing is written. None
 * joins a family that is about to end, or with a reach of its own: a family's is ALWAYS.
 */
export async function joinFamilies(
  { families }: Pick<Stores, "families">,
  shop: ShopDomain,
  codes: readonly NewCode[],
): Promise<JoinedCodes> {
  const texts = codes.map(({ code }) => code);
  const found = await families.findFor(shop, texts);
  const elsewhere = await families.findElsewhere(shop, texts);
  if (found.size + elsewhere.size === 0) return { codes: [...codes], others: [] };
  const joined: JoinedCodes = { codes: [], others: [] };
  for (const one of codes) {
    const { code, partnerId } = one;
    const family = found.get(code) ?? null;
    const isOthers = family !== null && family.partner.partnerId !== partnerId;
    const ownerElsewhere = elsewhere.get(code) ?? partnerId;
    if (isOthers) joined.others.push({ code, family });
    else if (ownerElsewhere !== partnerId) joined.others.push({ code, family: null });
    else
      joined.codes.push({
        ...one,
        familyId: family && mayJoin(one, family) ? family.id : null,
      });
  }
  return joined;
}

function mayJoin({ reach }: NewCode, { state }: CodeFamily): boolean {
  return state !== "ending" && (reach ?? "ALWAYS") === "ALWAYS";
}

/** Why a code can't be another partner's; null is a family of another shop. */
export function isOfFamily(code: DiscountCode, family: CodeFamily | null): string {
  if (!family) return `${code} ${ELSEWHERE}. Choose another code.`;
  const { partner, shape } = family;
  return `${code} is one of the codes ${shape} that impact.com credits to ${partner.name}. Choose another code.`;
}

/** Nothing may be told of the other shop but that it is there. */
export const ELSEWHERE =
  "can't be this partner's: another shop of the same impact.com account uses codes like it for somebody else";
