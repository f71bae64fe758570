import { groupBy } from "../group-by.ts";
import type { PartnerId } from "../ids.ts";
import type { Partner } from "../partners/partner.ts";
import type { Problem } from "../result.ts";
import { foldText } from "./fold-text.ts";

export type NamedPartner = Pick<Partner, "partnerId" | "name">;
export type LookupProblem = Problem<"no-partners" | "no-emails">;

/** Finds the partners that a cell of a file may mean, in memory: a file asks 200,000 times. */
export interface PartnerLookup {
  byId(id: string): NamedPartner | null;
  /** Whatever the name's case and blanks; more than one where partners share it. */
  byName(name: string): readonly NamedPartner[];
  /** By the e-mail of the account at impact.com, whatever its case. */
  byEmail(email: string): readonly NamedPartner[];
  /** Those with no live contract, by any of the three. */
  ended(text: string): readonly NamedPartner[];
  /** Why impact.com did not tell the e-mails; null where it did. */
  emailsUnread: LookupProblem | null;
}

interface Known {
  ended?: readonly NamedPartner[];
  emailsUnread?: LookupProblem | null;
}

/** E-mails are impact.com's contacts, read for this upload and kept nowhere. */
export function partnerLookup(
  partners: readonly NamedPartner[],
  accounts: readonly { partnerId: PartnerId; email: string }[],
  { ended = [], emailsUnread = null }: Known = {},
): PartnerLookup {
  const lapsed = finders(ended, accounts);
  return {
    ...finders(partners, accounts),
    ended(text) {
      const byId = lapsed.byId(text);
      return byId ? [byId] : [...lapsed.byName(text), ...lapsed.byEmail(text)];
    },
    emailsUnread,
  };
}

function finders(
  partners: readonly NamedPartner[],
  accounts: readonly { partnerId: PartnerId; email: string }[],
): Pick<PartnerLookup, "byId" | "byName" | "byEmail"> {
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
