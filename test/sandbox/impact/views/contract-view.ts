import type { Account, Contract } from "../state.ts";

type ContractStatus = "ACTIVE" | "DECLINED" | "EXPIRED" | "PENDING" | "UPCOMING";

export function contractStatus(contract: Contract, now: Date): ContractStatus {
  if (contract.state !== "ACTIVE") return contract.state;
  if (now < contract.startsAt) return "UPCOMING";
  return contract.endsAt !== null && contract.endsAt <= now ? "EXPIRED" : "ACTIVE";
}

/** Its TemplateTerms' EventPayouts are the one documented way to a program's event types. */
export function contractView(account: Account, contract: Contract, now: Date) {
  const uri = `/Advertisers/${account.sid}/Campaigns/${contract.programId}/Contracts/${contract.id}`;
  return {
    Id: contract.id,
    PartnerId: contract.partnerId,
    PartnerValue1: "",
    Status: contractStatus(contract, now),
    StartDate: contract.startsAt,
    EndDate: contract.endsAt,
    BrandSignatory: "Justin Case",
    BrandSignatoryDate: contract.startsAt,
    PartnerSignatory: "Partner Person",
    PartnerSignatoryDate: contract.startsAt,
    DateCreated: contract.startsAt,
    DateLastUpdated: contract.startsAt,
    TemplateTerms: {
      TemplateId: 99999,
      VersionId: 6,
      Name: "Public Terms",
      Labels: [],
      Currency: account.currency,
      EventPayouts: eventPayouts(account, contract),
      PromotionalTerms: [],
    },
    ScheduledTerms: [],
    CampaignTerms: [],
    HasCampaignTerms: false,
    PdfUri: `${uri}/Download`,
    Uri: uri,
  };
}

function eventPayouts(account: Account, contract: Contract) {
  const program = account.programs.find(({ id }) => id === contract.programId);
  const eventTypes = (program?.eventTypes ?? []).filter(
    ({ id }) => contract.eventTypeIds === null || contract.eventTypeIds.includes(id),
  );
  return eventTypes.map((eventType) => ({
    EventTypeId: eventType.id,
    EventTypeName: eventType.name,
    EventCategory: eventType.category,
    DefaultPayout: null,
    DefaultPayoutRate: Number(contract.payoutPercent),
    PayoutLevel: "ITEM",
    PayoutGroups: [],
  }));
}
