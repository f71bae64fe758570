import { page } from "../http/page.ts";
import { notFound, ok } from "../http/reply.ts";
import type { Contract } from "../state.ts";
import { contractStatus, contractView } from "../views/contract-view.ts";
import type { Handler } from "./context.ts";

/** "If no status is specified, only ACTIVE contracts are returned." */
export const listContracts: Handler = ({ account, params, query, now, path }) => {
  if (!account.programs.some(({ id }) => id === params.CampaignId)) return notFound("Campaign");
  const status = query.get("Status") ?? "ACTIVE";
  const rows = account.contracts
    .filter(({ programId }) => programId === params.CampaignId)
    .filter((contract) => contractStatus(contract, now) === status)
    .filter((contract) => passes(contract, query));
  return page(rows, { path, query, key: "Contracts" }, (contract) =>
    contractView(account, contract, now),
  );
};

export const getContractById: Handler = ({ account, params, now }) => {
  const contract = account.contracts.find(
    ({ id, programId }) => id === params.ContractId && programId === params.CampaignId,
  );
  return contract === undefined ? notFound("Contract") : ok(contractView(account, contract, now));
};

// A contract's update date here is its start; Signatory and TemplateId are the same for all.
function passes(contract: Contract, query: URLSearchParams): boolean {
  const partner = query.get("PartnerId");
  return (
    (partner === null || contract.partnerId === partner) &&
    within(contract.startsAt, query, "DateLastUpdated") &&
    within(contract.startsAt, query, "StartDate") &&
    within(contract.endsAt, query, "EndDate")
  );
}

function within(date: Date | null, query: URLSearchParams, name: string): boolean {
  const before = query.get(`${name}Before`);
  const after = query.get(`${name}After`);
  if (before === null && after === null) return true;
  if (date === null) return before === null;
  return (before === null || date < new Date(before)) && (after === null || date > new Date(after));
}
