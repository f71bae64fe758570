import { liveContract } from "../crediting/live-contract.ts";
import { sameCode } from "../crediting/match-promo-code.ts";
import type { FieldError } from "../http/reply.ts";
import type { Rules } from "../rules.ts";
import type { Account, PromoCode } from "../state.ts";

/**
 * Why a code cannot be created. What impact.com answers for a partner that has not joined, and
 * for a code string that it has already, is not documented: here both are a 400 that says so.
 */
export function checkPromoCode(
  account: Account,
  code: PromoCode,
  now: Date,
  rules: Rules,
): FieldError[] {
  if (!account.programs.some(({ id }) => id === code.programId))
    return [{ field: "CampaignId", message: "Campaign was not found" }];
  if (!account.partners.some(({ id }) => id === code.partnerId))
    return [{ field: "AssignedPartnerId", message: "Media partner was not found" }];
  if (liveContract(account, code.partnerId, code.programId, now) === null) {
    const message = "Media partner has not joined this campaign";
    return [{ field: "AssignedPartnerId", message }];
  }
  if (code.endsAt !== null && code.endsAt <= code.startsAt)
    return [{ field: "EndDate", message: "Must be after StartDate" }];
  if (code.type === "RE" && !isExpression(code.code))
    return [{ field: "Code", message: "Not a valid regular expression" }];
  const { codeCase, againAfterItsEnd, againWhileItStands } = rules;
  const isTaken = account.promoCodes.some((other) => {
    if (other.programId !== code.programId || !sameCode(other.code, code.code, codeCase))
      return false;
    const stands = !other.isInactive && (other.endsAt === null || other.endsAt > now);
    return (stands ? againWhileItStands : againAfterItsEnd) === "refused";
  });
  return isTaken ? [{ field: "Code", message: "Promo code already exists in this campaign" }] : [];
}

function isExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
