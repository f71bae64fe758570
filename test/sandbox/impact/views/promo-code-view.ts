import { isActive } from "../crediting/match-promo-code.ts";
import type { Account, PromoCode } from "../state.ts";

export function promoCodeView(account: Account, code: PromoCode, now: Date) {
  return {
    Id: code.id,
    Code: code.code,
    Type: code.type,
    CreditPolicy: code.creditPolicy,
    CampaignId: code.programId,
    CampaignName: account.programs.find(({ id }) => id === code.programId)?.name,
    AssignedPartnerId: code.partnerId,
    AssignedPartnerName: account.partners.find(({ id }) => id === code.partnerId)?.name,
    CreatedDate: code.createdAt,
    StartDate: code.startsAt,
    EndDate: code.endsAt,
    State: isActive(code, now) ? "ACTIVE" : "INACTIVE",
    DealId: code.dealId,
    DealName: code.dealName,
    SynchAdsPromoCodes: false,
    Uri: `/Advertisers/${account.sid}/PromoCodes/${code.id}`,
  };
}
