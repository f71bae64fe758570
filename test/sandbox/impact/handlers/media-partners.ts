import { page } from "../http/page.ts";
import { notFound, ok } from "../http/reply.ts";
import type { Rules } from "../rules.ts";
import type { Account, Contract, Partner } from "../state.ts";
import { contractStatus } from "../views/contract-view.ts";
import { partnerView } from "../views/partner-view.ts";
import type { Handler } from "./context.ts";

export const listPartners: Handler = ({ state, account, query, now, path }) => {
  const { listedContracts } = state.rules;
  const joined = (partner: Partner) => contractsOf(account, partner, { now, listedContracts });
  const rows = account.partners
    .filter((partner) => passes(partner, joined(partner), { query, now }))
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  return page(rows, { path, query, key: "Partners" }, (partner) =>
    partnerView(account, partner, joined(partner)),
  );
};

export const getPartnerById: Handler = ({ state, account, params, now }) => {
  const partner = account.partners.find(({ id }) => id === params.PartnerId);
  if (partner === undefined) return notFound("Media partner");
  const { listedContracts } = state.rules;
  const joined = contractsOf(account, partner, { now, listedContracts });
  return ok(partnerView(account, partner, joined));
};

function contractsOf(
  account: Account,
  partner: Partner,
  { now, listedContracts }: { now: Date } & Pick<Rules, "listedContracts">,
): Contract[] {
  return account.contracts.filter((contract) => {
    const isListed = listedContracts.split(" and ").includes(statusWord(contract, now));
    return contract.partnerId === partner.id && isListed;
  });
}

function statusWord(contract: Contract, now: Date): string {
  return contractStatus(contract, now).toLowerCase();
}

function passes(
  partner: Partner,
  contracts: Contract[],
  { query, now }: { query: URLSearchParams; now: Date },
): boolean {
  const isActive = contracts.some((contract) => contractStatus(contract, now) === "ACTIVE");
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
    holds("RelationshipState", (state) => isActive === (state === "ACTIVE"))
  );
}
