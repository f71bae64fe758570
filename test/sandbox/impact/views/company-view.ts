import type { Account } from "../state.ts";

export function companyView(account: Account): Record<string, unknown> {
  return {
    CompanyName: account.companyName,
    Industry: { IndustryId: "833", IndustryName: "Miscellaneous Retail Stores" },
    Website: "https://www.example.com",
    PrimaryPhoneNumber: "1235550100",
    Timezone: "(GMT -08:00) Pacific Time (US & Canada); Tijuana",
    Currency: account.currency,
    RegisteredForIndirectTax: false,
    OrganizationType: "CORP",
    CorporateAddress: { AddressLine1: "1640 Riverside Dr.", City: "Hill Valley", Country: "US" },
    CommercialContact: { Name: "Justin Case", Email: "justin.case@example.com" },
    Uri: `/Advertisers/${account.sid}/CompanyInformation`,
  };
}
