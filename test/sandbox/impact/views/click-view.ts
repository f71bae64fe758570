import type { Account, Click } from "../state.ts";

export function clickView(account: Account, click: Click): Record<string, unknown> {
  const program = account.programs.find(({ id }) => id === click.programId);
  const partner = account.partners.find(({ id }) => id === click.partnerId);
  return {
    Id: click.id,
    CampaignId: click.programId,
    CampaignName: program?.name ?? "",
    EventDate: click.at,
    MediaId: click.partnerId,
    MediaName: partner?.name ?? "",
    AdType: "ONLINE_TRACKING_LINK",
    DeviceType: "PHONE",
    IpAddress: "n/a",
  };
}
