import type { DiscountCode, ShopDomain } from "../../ids.ts";
import type { NewCode } from "../../ports/code-stores.ts";
import type { Stores } from "../../ports/store.ts";
import type { CodeFamily } from "./code-family.ts";

export interface JoinedCodes {
  /** In the order given; those that their partner's family matches are of it. */
  codes: NewCode[];
  /** Codes that a family would earn otherwise: for another partner, or for more orders than they should. */
  others: OthersFamily[];
}

interface OthersFamily {
  code: DiscountCode;
  /** Null: another shop's, of which nothing more is told. */
  family: CodeFamily | null;
  /** The family is its own partner's, and credits every order. */
  isWider: boolean;
}

/**
 * Finds the families that new codes are of. Their partners are known, and nothing is written. None
 * joins a family that is about to end. A family's reach is ALWAYS, so a code of another is none of it.
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
    const ownerElsewhere = elsewhere.get(code);
    const isMatched = family !== null || ownerElsewhere !== undefined;
    if (isOthers) joined.others.push({ code, family, isWider: false });
    else if ((ownerElsewhere ?? partnerId) !== partnerId) {
      joined.others.push({ code, family: null, isWider: false });
    } else if (isMatched && isNarrower(one)) joined.others.push({ code, family, isWider: true });
    else joined.codes.push({ ...one, familyId: idToJoin(family) });
  }
  return joined;
}

function idToJoin(family: CodeFamily | null): string | null {
  return family === null || family.state === "ending" ? null : family.id;
}

/** Not every order with the code is to earn. */
export function isNarrower({ reach }: Pick<NewCode, "reach">): boolean {
  return (reach ?? "ALWAYS") !== "ALWAYS";
}

/** Why a drawn code can't be its partner's. */
export function sayOthers({ code, family, isWider }: OthersFamily): string {
  return isWider
    ? `${creditsMore(code, family)}. Start the pattern with another word.`
    : isOfFamily(code, family);
}

/** The first half of a sentence, without its full stop; null is a family of another shop. */
export function creditsMore(code: DiscountCode, family: CodeFamily | null): string {
  const whose = family
    ? `is one of the codes ${family.shape} that impact.com credits to ${family.partner.name} for every order`
    : "is one of the codes of this partner that another shop of the same impact.com account has credited for every order";
  return `${code} ${whose}, so it can't have a narrower reach`;
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
