import { page } from "../http/page.ts";
import { notFound, ok } from "../http/reply.ts";
import type { Account, Contract, Partner } from "../state.ts";
import { contractStatus } from "../views/contract-view.ts";
import { partnerView } from "../views/partner-view.ts";
import type { Handler } from "./context.ts";

export const listPartners: Handler = ({ account, query, now, path }) => {
  const rows = account.partners
    .filter((partner) => passes(partner, joined(account, partner, now), query))
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  return page(rows, { path, query, key: "Partners" }, (partner) =>
    partnerView(account, partner, joined(account, partner, now)),
  );
};

export const getPartnerById: Handler = ({ account, params, now }) => {
  const partner = account.partners.find(({ id }) => id === params.PartnerId);
  if (partner === undefined) return notFound("Media partner");
  return ok(partnerView(account, partner, joined(account, partner, now)));
};

function joined(account: Account, partner: Partner, now: Date): Contract[] {
  return account.contracts.filter(
    (contract) => contract.partnerId === partner.id && contractStatus(contract, now) === "ACTIVE",
  );
}

function passes(partner: Partner, contracts: Contract[], query: URLSearchParams): boolean {
  const holds = (name: string, test: (wanted: string) => boolean) => {
    const wanted = query.get(name);
    return wanted === null || test(wanted);
  };
  return (
    holds("Id", (ids) => ids.split(",").includes(partner.id)) &&
    holds("CampaignId", (id) => contracts.some(({ programId }) => programId === id)) &&
    holds("GroupId", (id) => partner.groupIds.includes(id)) &&
    holds("Country", (country) => partner.country === country) &&
    holds("startDate", (date) => partner.updatedAt > new Date(date)) &&
    holds("endDate", (date) => partner.updatedAt < new Date(date)) &&
    holds("State", (state) => partner.state === state) &&
    holds("RelationshipState", (state) => contracts.length > 0 === (state === "ACTIVE"))
  );
}
