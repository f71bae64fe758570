import { groupBy } from "../group-by.ts";
import type { PartnerId } from "../ids.ts";
import type { Partner } from "../partners/partner.ts";
import { foldText } from "./fold-text.ts";

export type NamedPartner = Pick<Partner, "partnerId" | "name">;

/** Finds the partners that a cell of a file may mean, in memory: a file asks 200,000 times. */
export interface PartnerLookup {
  byId(id: string): NamedPartner | null;
  /** Whatever the name's case and blanks; more than one where partners share it. */
  byName(name: string): readonly NamedPartner[];
  /** By the e-mail of the account at impact.com, whatever its case. */
  byEmail(email: string): readonly NamedPartner[];
}

/** E-mails are impact.com's contacts, read for this upload and kept nowhere. */
export function partnerLookup(
  partners: readonly NamedPartner[],
  accounts: readonly { partnerId: PartnerId; email: string }[],
): PartnerLookup {
  const ids = new Map<string, NamedPartner>(partners.map((each) => [each.partnerId, each]));
  const names = groupBy(partners, ({ name }) => foldText(name));
  const emails = new Map<string, NamedPartner[]>();
  for (const { partnerId, email } of accounts) {
    const partner = ids.get(partnerId);
    const others = emails.get(foldText(email)) ?? [];
    if (partner && !others.includes(partner)) emails.set(foldText(email), [...others, partner]);
  }
  return {
    byId: (id) => ids.get(id) ?? null,
    byName: (name) => names.get(foldText(name)) ?? [],
    byEmail: (email) => emails.get(foldText(email)) ?? [],
  };
}
