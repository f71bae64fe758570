import { z } from "zod";
import type { PartnerId } from "#app/core/ids.ts";
import type { Impact } from "#app/core/ports/impact.ts";
import { success } from "#app/core/result.ts";
import type { ImpactClient } from "./impact-client.ts";
import { count, id, optionalDate, optionalText } from "./impact-values.ts";

const PAGE_SIZE = "500";
const contract = z.object({ Id: id, ExpirationDate: optionalDate, ContractId: optionalText });
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
          hasContract:
            (partner.State ?? "ACTIVE") === "ACTIVE" &&
            (partner.Programs ?? []).some((terms) => isLive(terms, programId, now)),
        })),
      });
    },
  };
}

function isLive(terms: z.infer<typeof contract>, programId: string, now: Date): boolean {
  if (terms.Id !== programId || terms.ContractId === null) return false;
  return terms.ExpirationDate === null || terms.ExpirationDate > now;
}
