import { page } from "../http/page.ts";
import { notFound, ok } from "../http/reply.ts";
import { campaignView } from "../views/campaign-view.ts";
import type { Handler } from "./context.ts";

export const listPrograms: Handler = ({ account, query, path }) => {
  const rows = account.programs
    .filter(({ name }) => !query.has("Name") || name === query.get("Name"))
    .filter(({ state }) => !query.has("State") || state === query.get("State"))
    .sort((a, b) => Number(a.id) - Number(b.id));
  return page(rows, { path, query, key: "Campaigns" }, (program) => campaignView(account, program));
};

export const getProgramById: Handler = ({ account, params }) => {
  const program = account.programs.find(({ id }) => id === params.CampaignId);
  return program === undefined ? notFound("Campaign") : ok(campaignView(account, program));
};
