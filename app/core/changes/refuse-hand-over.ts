import type { Code } from "../codes/discount.ts";
import { ELSEWHERE } from "../codes/families/join-families.ts";
import type { CodeFamily } from "../codes/families/code-family.ts";
import type { PartnerId, ShopDomain } from "../ids.ts";
import type { Stores } from "../ports/store.ts";
import { whyNotLive } from "./refuse-code.ts";

/**
 * Of these codes those that can't be given to the partner, with why, and those that are theirs
 * already. To be called where families are held, in the commit that begins with the others.
 */
export async function settleAtOnce(
  tx: Pick<Stores, "families" | "changes">,
  shop: ShopDomain,
  codes: readonly Code[],
  partnerId: PartnerId,
): Promise<{ codeId: string; problem: string | null }[]> {
  const texts = codes.map(({ code }) => code);
  const families = await tx.families.findFor(shop, texts);
  const elsewhere = await tx.families.findElsewhere(shop, texts);
  const settled: { codeId: string; problem: string | null }[] = [];
  for (const code of codes) {
    const isTheirs = code.partner?.partnerId === partnerId;
    const family = families.get(code.code);
    const isOthers = family && family.partner.partnerId !== partnerId ? family : null;
    const isOthersElsewhere = (elsewhere.get(code.code) ?? partnerId) !== partnerId;
    const problem =
      whyNotLive(code) ??
      (isTheirs ? null : await whyShared(tx, code, { isOthers, isOthersElsewhere }));
    if (problem || isTheirs) settled.push({ codeId: code.id, problem });
  }
  return settled;
}

/** What else at impact.com would go on crediting its partner. */
async function whyShared(
  { changes }: Pick<Stores, "changes">,
  code: Code,
  { isOthers, isOthersElsewhere }: { isOthers: CodeFamily | null; isOthersElsewhere: boolean },
): Promise<string | null> {
  if (code.familyId !== null) return isOfAFamily(code);
  if (isOthers) return isMatched(code, isOthers);
  if (isOthersElsewhere) return `${code.code} ${ELSEWHERE}. ${RETIRE}`;
  const { shop, impactPromoCodeId } = code;
  if (impactPromoCodeId && (await changes.isSharedElsewhere(shop, impactPromoCodeId))) {
    return isAnotherShops(code);
  }
  const others = await changes.countSharing(shop, code);
  if (others === 0) return null;
  return `${code.code} shares its registration at impact.com with ${others} more of its partner's codes, so it can't be given away alone. ${RETIRE}`;
}

const RETIRE = "Retire it, and make the new partner another code.";

function isOfAFamily({ code }: Code): string {
  return `${code} is registered at impact.com as one of its partner's code family, so it can't be given away alone. ${RETIRE}`;
}

/** Nothing may be told of the other shop but that it is there. */
export function isAnotherShops({ code }: Code): string {
  return `The registration of ${code} at impact.com can't be given away: another shop of the same impact.com account uses it too. ${RETIRE}`;
}

/** Which of two registrations earns that fit one code is not documented (reference/impact.md, 4). */
function isMatched({ code }: Code, { partner, shape }: CodeFamily): string {
  return `${code} is one of the codes ${shape} that impact.com credits to ${partner.name}, so it can't be given to anybody else. ${RETIRE}`;
}
