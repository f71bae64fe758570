import type { DiscountCode, PartnerId, ShopDomain } from "../ids.ts";
import type { CodeMaking } from "../ports/code-making.ts";
import type { Ports } from "../ports/ports.ts";
import { codeNamesOf, type CodeNames } from "./pattern/code-names.ts";
import { warnCode, type CodeWarning } from "./pattern/warn-code.ts";

/** Why a code that somebody named for a partner is easily guessed, as a sentence; null where it is not. */
export async function warnNamedCode(
  { store, codeMaking }: Pick<Ports, "store" | "codeMaking">,
  { shop, code, partnerId }: { shop: ShopDomain; code: DiscountCode; partnerId: PartnerId },
): Promise<string | null> {
  const partner = await store.partners.find(shop, partnerId);
  return createWarner(codeMaking)(code, partner)?.message ?? null;
}

/** The same for many codes of few partners: each name is spelled once. */
export function createWarner(
  codeMaking: CodeMaking,
): (
  code: DiscountCode,
  partner: { partnerId: PartnerId; name: string } | null,
) => CodeWarning | null {
  const spelled = new Map<PartnerId, CodeNames>();
  return (code, partner) => {
    if (!partner) return warnCode(code, null);
    const names = spelled.get(partner.partnerId) ?? codeNamesOf(partner.name, codeMaking);
    spelled.set(partner.partnerId, names);
    return warnCode(code, names);
  };
}
