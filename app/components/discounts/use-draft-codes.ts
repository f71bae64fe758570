import { useState } from "react";
import { suggestCode } from "#app/core/codes/suggest-code.ts";
import { normalizeCode } from "#app/core/codes/code-text.ts";
import type { PartnerForCodes } from "#app/core/codes/list-partners-for-codes.ts";

/** Who can be chosen. */
export interface CodePartner extends Pick<PartnerForCodes, "name" | "codeName"> {
  partnerId: string;
}

/** A chosen partner with the code for them. */
export interface DraftCode extends CodePartner {
  code: string;
  /** Another partner above has the same. */
  isRepeated: boolean;
}

/** Null until the merchant has typed a code of their own: the suggestion follows the discount. */
interface Choice {
  partner: CodePartner;
  typed: string | null;
}

/** The partners chosen in the New discount form, each with a suggested or typed code. */
export function useDraftCodes(discountNumber: number, inUse: ReadonlySet<string>) {
  const [choices, setChoices] = useState<Choice[]>([]);
  const typeCode = (partnerId: string, typed: string) =>
    setChoices(
      choices.map((choice) =>
        choice.partner.partnerId === partnerId ? { ...choice, typed } : choice,
      ),
    );
  const toggle = (partner: CodePartner) => {
    const others = choices.filter((choice) => choice.partner.partnerId !== partner.partnerId);
    const isNew = others.length === choices.length;
    setChoices(isNew ? [...choices, { partner, typed: null }] : others);
  };
  return { codes: codesFor(choices, discountNumber, inUse), toggle, typeCode };
}

/**
 * A suggestion keeps clear of codes in use and of those above it, so that typing below changes
 * nothing above.
 */
function codesFor(
  choices: Choice[],
  discountNumber: number,
  inUse: ReadonlySet<string>,
): DraftCode[] {
  const above = new Set<string>();
  const taken = new Set(inUse);
  return choices.map(({ partner, typed }) => {
    const code = typed ?? suggestCode(partner.codeName, discountNumber, taken);
    const isRepeated = above.has(normalizeCode(code));
    above.add(normalizeCode(code));
    taken.add(normalizeCode(code));
    return { ...partner, code, isRepeated };
  });
}
