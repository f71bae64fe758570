import type { PartnerId, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ImpactProblem } from "../ports/impact.ts";
import type { Connection } from "../program/program.ts";
import { failure, success, type Result } from "../result.ts";
import { partnerLookup, type LookupProblem, type PartnerLookup } from "./partner-lookup.ts";

/**
 * The partners a file may name: those with a live contract, since a code of any other would earn
 * nobody, and those of before, to say so. E-mails are asked of impact.com and kept nowhere; without them
 * a file of ids goes on, and the first row that needs them says why there are none.
 */
export async function readPartnerLookup(
  ports: Pick<Ports, "store" | "impact">,
  shop: ShopDomain,
  { hasEmails }: { hasEmails: boolean },
): Promise<Result<PartnerLookup, LookupProblem>> {
  const all = await ports.store.partners.list(shop);
  const partners = all.filter(({ hasContract }) => hasContract);
  if (partners.length === 0) return failure(NO_PARTNERS);
  const connection = await ports.store.connections.find(shop);
  const accounts = await readAccounts(ports, connection);
  const ended = all.filter(({ hasContract }) => !hasContract);
  if (accounts.ok) return success(partnerLookup(partners, accounts.value, { ended }));
  const emailsUnread = noEmails(accounts.problem.message);
  if (hasEmails) return failure(emailsUnread);
  return success(partnerLookup(partners, [], { ended, emailsUnread }));
}

type Accounts = { partnerId: PartnerId; email: string }[];

async function readAccounts(
  { impact }: Pick<Ports, "impact">,
  connection: Connection | null,
): Promise<Result<Accounts, ImpactProblem>> {
  const accounts: Accounts = [];
  if (!connection?.program) return success(accounts);
  const { credentials, program } = connection;
  const { programId } = program;
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const read = await impact.listPartnerEmails(credentials, { programId, page });
    if (!read.ok) return read;
    accounts.push(...read.value.accounts);
    ({ pages } = read.value);
  }
  return success(accounts);
}

const NO_PARTNERS: LookupProblem = {
  kind: "no-partners",
  retry: "never",
  message:
    "No partner has a live contract with your program, so no code could earn anybody anything. Sync partners on the impact.com page first.",
};

function noEmails(reason: string): LookupProblem {
  return {
    kind: "no-emails",
    retry: "later",
    message: `This file seems to name partners by e-mail, and impact.com could not be asked for them: ${reason} Try again, or write the partners' ids.`,
  };
}
