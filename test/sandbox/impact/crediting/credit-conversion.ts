import { actionsOfOrder } from "../actions/find-actions.ts";
import { chooseReferrals } from "./choose-referrals.ts";
import type { Referral } from "./choose-referrals.ts";
import { clickPath } from "./click-path.ts";
import { conversionAmounts } from "./conversion-amounts.ts";
import type { AmountLine } from "./conversion-amounts.ts";
import { days } from "../days.ts";
import type { ErrorReason } from "./error-reason.ts";
import { findEventType } from "./find-event-type.ts";
import { liveContract } from "./live-contract.ts";
import { matchPromoCode } from "./match-promo-code.ts";
import type { Conversion } from "./read-conversion.ts";
import { malformed, unpayable } from "./refuse.ts";
import type { Rules } from "../rules.ts";
import type { Account, Contract, EventType, Outcome, Program, PromoCode } from "../state.ts";

export interface Credit {
  kind: "credited";
  program: Program;
  eventType: EventType;
  contract: Contract;
  referral: Referral;
  currency: string;
  lines: AmountLine[];
}

interface Refusal {
  kind: "refused";
  outcome: Outcome;
  /** The partner who would have been credited, "" when there was none. */
  partnerId: string;
}

/** Who earns a conversion, or the documented reasons why nobody does. */
export function creditConversion(
  account: Account,
  conversion: Conversion,
  now: Date,
  rules: Rules,
): Credit | Refusal {
  const refused = (outcome: Outcome, partnerId = ""): Refusal => ({
    kind: "refused",
    outcome,
    partnerId,
  });
  const found = findEventType(account, conversion);
  if (found.kind === "refused") return refused(found.outcome);
  const { program, eventType } = found;
  const tooOld = refuseOld(conversion, now, rules);
  if (tooOld !== null) return refused(tooOld);
  const duplicate = refuseDuplicate(account, conversion, eventType, now);
  if (duplicate !== null) return refused(duplicate);
  const currency = conversion.currency || account.currency;
  const lines = conversionAmounts(conversion, currency);
  if (lines.length === 0) return refused(malformed("NO_ITEM", "Neither items nor an amount"));

  const code = registeredCode(account, found, conversion, { now, rules });
  const path = clickPath(account, conversion, eventType.credit, rules);
  const { candidates, reasons: againstOthers } = chooseReferrals(conversion, path, code, rules);
  const reasons = [...againstOthers];
  for (const referral of candidates) {
    const contract = payableContract(account, referral, eventType, conversion);
    if (typeof contract === "string") reasons.push(contract);
    else return { kind: "credited", program, eventType, contract, referral, currency, lines };
  }
  if (reasons.length === 0)
    return refused(unpayable(["ACTION_REF_NOT_FOUND"], "Nobody referred this order"));
  const partnerId = candidates[0]?.partnerId ?? path[0]?.partnerId ?? "";
  return refused(unpayable(reasons, `Nobody may be paid: ${reasons.join(", ")}`), partnerId);
}

function refuseOld(conversion: Conversion, now: Date, rules: Rules): Outcome | null {
  const { byMediaId, byReferral } = rules.oldestEventDays;
  const limit = conversion.mediaId === "" ? byReferral : byMediaId;
  return now.getTime() - conversion.eventDate.getTime() > days(limit)
    ? malformed("CONV_MALFORMED", `EventDate is more than ${limit} days ago`)
    : null;
}

function refuseDuplicate(
  account: Account,
  conversion: Conversion,
  eventType: EventType,
  now: Date,
): Outcome | null {
  const earlier = actionsOfOrder(account.actions, conversion.orderId).find(
    (action) =>
      action.eventTypeId === eventType.id &&
      now.getTime() - action.createdAt.getTime() < days(eventType.dedupeDays),
  );
  return earlier === undefined
    ? null
    : malformed("CONV_DUPLICATE", `Order ${conversion.orderId} already made ${earlier.id}`);
}

/** A code counts only when registered, active by then, and tracked (impact.md §4). */
function registeredCode(
  account: Account,
  { program, eventType }: Pick<Credit, "program" | "eventType">,
  conversion: Conversion,
  { now, rules }: { now: Date; rules: Rules },
): PromoCode | null {
  if (conversion.promoCode === "" || !program.promoCodeTracking || !eventType.promoCodes)
    return null;
  const { codeCase, bothFit, codeDates, pastStart } = rules;
  const at = codeDates === "receipt" ? now : conversion.eventDate;
  const isThere = ({ createdAt }: PromoCode) =>
    pastStart === "credits past orders" || createdAt <= at;
  const codes = account.promoCodes.filter((code) => code.programId === program.id && isThere(code));
  return matchPromoCode(conversion.promoCode, at, codes, codeCase, bothFit);
}

function payableContract(
  account: Account,
  { partnerId, because, click }: Referral,
  eventType: EventType,
  { campaignId, eventDate }: Conversion,
): Contract | ErrorReason {
  const partner = account.partners.find(({ id }) => id === partnerId);
  if (partner?.state !== "ACTIVE") return "PARTNER_NOT_ACTIVE";
  const contract = liveContract(account, partnerId, campaignId, eventDate);
  if (contract === null) return "CONTRACT_NOT_FOUND";
  if (contract.eventTypeIds !== null && !contract.eventTypeIds.includes(eventType.id))
    return "ACTIONTERMS_NOT_FOUND";
  const oldestClick = eventDate.getTime() - days(contract.referralDays);
  if (because === "click" && click !== null && click.at.getTime() < oldestClick)
    return "OUTSIDE_ASSOCIATION_WINDOW";
  if (because === "click" && click?.isRestricted) return "BLACKLISTED_SOURCE_IP";
  return contract;
}
