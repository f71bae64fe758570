import { z } from "zod";
import type { Impact, ImpactPriority } from "#app/core/ports/impact.ts";
import type { EventType, ImpactCredentials } from "#app/core/program/program.ts";
import { success } from "#app/core/result.ts";
import type { ImpactClient } from "./impact-client.ts";
import { count, flag, id, optionalText } from "./impact-values.ts";

const PAGE_SIZE = "100";
const company = z.object({ CompanyName: optionalText, Currency: optionalText });
const campaigns = z.object({
  "@numpages": count,
  Campaigns: z
    .array(z.object({ Id: id, Name: z.string(), State: z.string(), PromoCodeTracking: flag }))
    .default([]),
});
const payout = z.object({ EventTypeId: id, EventTypeName: optionalText });
const contracts = z.object({
  Contracts: z
    .array(
      z.object({
        TemplateTerms: z.object({ EventPayouts: z.array(payout).default([]) }).optional(),
      }),
    )
    .default([]),
});
const actions = z.object({
  Actions: z.array(z.object({ ActionTrackerId: id, ActionTrackerName: optionalText })).default([]),
});

type ProgramCalls = Pick<
  Impact,
  "companyName" | "accountCurrency" | "listPrograms" | "listEventTypes"
>;

export function createProgramCalls(client: ImpactClient): ProgramCalls {
  // It "cannot be updated via API" (impact-brand-account-v14.yaml): what was told once stays so.
  const currencies = new Map<string, string>();
  const readCompany = (credentials: ImpactCredentials, priority: ImpactPriority) =>
    client.request({
      credentials,
      priority,
      method: "GET",
      path: "CompanyInformation",
      response: company,
    });
  return {
    async companyName(credentials) {
      const answer = await readCompany(credentials, "read");
      return answer.ok ? success(answer.value.CompanyName) : answer;
    },

    async accountCurrency(credentials) {
      const known = currencies.get(credentials.accountSid);
      if (known) return success(known);
      const answer = await readCompany(credentials, "outcome");
      if (!answer.ok) return answer;
      const { Currency } = answer.value;
      if (Currency) currencies.set(credentials.accountSid, Currency);
      return success(Currency);
    },

    async listPrograms(credentials) {
      const programs = [];
      for (let page = 1, pages = 1; page <= pages; page += 1) {
        const answer = await client.request({
          credentials,
          priority: "read",
          method: "GET",
          path: "Campaigns",
          query: { Page: `${page}`, PageSize: PAGE_SIZE },
          response: campaigns,
        });
        if (!answer.ok) return answer;
        pages = answer.value["@numpages"];
        programs.push(...answer.value.Campaigns);
      }
      return success(
        programs.map((program) => ({
          programId: program.Id,
          name: program.Name,
          state: program.State,
          promoCodeTracking: program.PromoCodeTracking,
        })),
      );
    },

    // No call lists event types (reference/impact.md, section 5): contracts name them, then actions.
    async listEventTypes(credentials, programId) {
      const answer = await client.request({
        credentials,
        priority: "read",
        method: "GET",
        path: `Campaigns/${encodeURIComponent(programId)}/Contracts`,
        response: contracts,
      });
      const fromContracts = answer.ok
        ? answer.value.Contracts.flatMap(({ TemplateTerms }) => TemplateTerms?.EventPayouts ?? [])
        : [];
      if (fromContracts.length > 0) {
        return success(
          distinct(fromContracts.map((terms) => [terms.EventTypeId, terms.EventTypeName])),
        );
      }
      const recent = await client.request({
        credentials,
        priority: "read",
        method: "GET",
        path: "Actions",
        query: { CampaignId: programId },
        response: actions,
      });
      if (!recent.ok) return answer.ok ? recent : answer;
      return success(
        distinct(recent.value.Actions.map((a) => [a.ActionTrackerId, a.ActionTrackerName])),
      );
    },
  };
}

function distinct(rows: [id: string, name: string | null][]): EventType[] {
  const names = new Map<string, string>();
  for (const [eventTypeId, name] of rows) {
    if (!names.has(eventTypeId)) names.set(eventTypeId, name ?? `Event type ${eventTypeId}`);
  }
  return [...names].map(([eventTypeId, name]) => ({ eventTypeId, name }));
}
