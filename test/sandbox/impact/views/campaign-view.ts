import type { Account, Program } from "../state.ts";

export function campaignView(account: Account, program: Program): Record<string, unknown> {
  return {
    Id: program.id,
    Name: program.name,
    State: program.state,
    Type: "Performance",
    ShortDescription: null,
    CompanyContacts: [],
    PromoCodeTracking: program.promoCodeTracking,
    TrackingDomain: "acme.sjv.io",
    GatewayTrackingSettings: { DefaultLandingPage: "https://www.example.com", DeepLinking: true },
    Uri: `/Advertisers/${account.sid}/Campaigns/${program.id}`,
  };
}
