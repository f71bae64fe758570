import type { Account, Contract, Partner } from "../state.ts";

/** `joined` are the partner's contracts that are listed. Contacts are personal data, as in the real answer. */
export function partnerView(account: Account, partner: Partner, joined: readonly Contract[]) {
  const [firstName = "", ...lastName] = partner.name.split(" ");
  return {
    Id: partner.id,
    Name: partner.name,
    Description: "",
    Website: `https://partner-${partner.id}.example`,
    State: partner.state,
    Address: { Country: partner.country, Address1: "123 Main St", City: "Santa Barbara" },
    Phone: { Country: partner.country, Number: "8051234567" },
    Currency: account.currency,
    Timezone: "America/Los_Angeles",
    PartnerType: "MARKETPLACE",
    PromotionalMethods: [{ Type: "SOCIAL_MEDIA_INFLUENCER", IsPrimary: true }],
    PromotionalCountries: [partner.country],
    // Not the id that AssignedPartnerId wants: "the partner account's Id" is.
    Properties: [{ Id: `P-${partner.id}`, Name: partner.name, Type: "SOCIAL", Platform: "WEB" }],
    Programs: joined.map((contract) => ({
      Id: contract.programId,
      Name: account.programs.find(({ id }) => id === contract.programId)?.name,
      ContractId: contract.id,
      ContractName: "Public Terms",
      JoinDate: contract.startsAt,
      ExpirationDate: contract.endsAt,
    })),
    Contacts: [
      {
        FirstName: firstName,
        LastName: lastName.join(" "),
        Email: partner.email,
        IsPrimary: true,
      },
    ],
    LinkedAccounts: [],
    PartnerValues: { Value1: "", Value2: "", Value3: "" },
    DateCreated: partner.createdAt,
    DateLastUpdated: partner.updatedAt,
    Uri: `/Advertisers/${account.sid}/MediaPartners/${partner.id}`,
  };
}
