import { z } from "zod";
import type { PartnerId } from "#app/core/ids.ts";
import type { ListedPartner } from "#app/core/partners/partner.ts";
import type { Impact } from "#app/core/ports/impact.ts";
import { success } from "#app/core/result.ts";
import type { ImpactClient } from "./impact-client.ts";
import { count, id, optionalDate, optionalText } from "./impact-values.ts";

const PAGE_SIZE = "500";
const contract = z.object({
  Id: id,
  ContractId: optionalText,
  JoinDate: optionalDate,
  ExpirationDate: optionalDate,
});
/** Contacts, addresses and phones are not read here at all. */
const partners = z.object({
  "@numpages": count,
  Partners: z
    .array(
      z.object({
        Id: id,
        Name: z.string(),
        State: optionalText,
        Programs: z.array(contract).nullish(),
      }),
    )
    .default([]),
});

const contacts = z.object({
  "@numpages": count,
  Partners: z
    .array(z.object({ Id: id, Contacts: z.array(z.object({ Email: optionalText })).nullish() }))
    .default([]),
});

type PartnerCalls = Pick<Impact, "listPartners" | "listPartnerEmails">;

export function createPartnerCalls(client: ImpactClient): PartnerCalls {
  return {
    async listPartnerEmails(credentials, { programId, page }) {
      const answer = await client.request({
        credentials,
        priority: "read",
        method: "GET",
        path: "MediaPartners",
        query: { CampaignId: programId, Page: `${page}`, PageSize: PAGE_SIZE },
        response: contacts,
      });
      if (!answer.ok) return answer;
      const accounts = answer.value.Partners.flatMap((partner) =>
        (partner.Contacts ?? []).flatMap(({ Email: email }) =>
          email ? [{ partnerId: partner.Id as PartnerId, email }] : [],
        ),
      );
      return success({ pages: answer.value["@numpages"], accounts });
    },

    async listPartners(credentials, { programId, page, now }) {
      const answer = await client.request({
        credentials,
        priority: "read",
        method: "GET",
        path: "MediaPartners",
        query: { CampaignId: programId, Page: `${page}`, PageSize: PAGE_SIZE },
        response: partners,
      });
      if (!answer.ok) return answer;
      return success({
        pages: answer.value["@numpages"],
        partners: answer.value.Partners.map((partner) => ({
          partnerId: partner.Id as PartnerId,
          name: partner.Name,
          ...contractOf(partner, programId, now),
        })),
      });
    },
  };
}

type Terms = z.infer<typeof contract>;
type Contract = Omit<ListedPartner, "partnerId" | "name">;

/** Whether contracts that are over are listed is not documented: where they are, they tell since when. */
function contractOf(
  { State, Programs }: z.infer<typeof partners>["Partners"][number],
  programId: string,
  now: Date,
): Contract {
  const all = (Programs ?? []).filter((one) => one.Id === programId && one.ContractId !== null);
  const isOver = ({ ExpirationDate: at }: Terms) => at !== null && at <= now;
  const over = all.filter(isOver).map(({ ExpirationDate }) => ExpirationDate);
  const live = (State ?? "ACTIVE") === "ACTIVE" ? all.filter((terms) => !isOver(terms)) : [];
  if (live.length === 0) {
    const contractEndedAt = over.length === all.length ? latest(over) : null;
    const none = { contractStartedAt: null, contractExpiresAt: null };
    return { hasContract: false, ...none, contractEndedAt };
  }
  const [startedAt = null] = inOrder(live.map(({ JoinDate }) => JoinDate));
  const ends = live.map(({ ExpirationDate }) => ExpirationDate);
  return {
    hasContract: true,
    contractStartedAt: startedAt,
    contractExpiresAt: ends.includes(null) ? null : latest(ends),
    contractEndedAt: latest(over.filter((at) => at && startedAt && at < startedAt)),
  };
}

function latest(dates: readonly (Date | null)[]): Date | null {
  return inOrder(dates).at(-1) ?? null;
}

function inOrder(dates: readonly (Date | null)[]): Date[] {
  return dates.flatMap((at) => at ?? []).sort((one, other) => one.getTime() - other.getTime());
}
