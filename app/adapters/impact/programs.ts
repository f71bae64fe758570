import { z } from "zod";
import type { Impact } from "#app/core/ports/impact.ts";
import type { EventType } from "#app/core/program/program.ts";
import { success } from "#app/core/result.ts";
import type { ImpactClient } from "./impact-client.ts";
import { count, flag, id, optionalText } from "./impact-values.ts";

const PAGE_SIZE = "100";
const company = z.object({ CompanyName: optionalText });
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

type ProgramCalls = Pick<Impact, "companyName" | "listPrograms" | "listEventTypes">;

export function createProgramCalls(client: ImpactClient): ProgramCalls {
  return {
    async companyName(credentials) {
      const answer = await client.request({
        credentials,
        priority: "read",
        method: "GET",
        path: "CompanyInformation",
        response: company,
      });
      return answer.ok ? success(answer.value.CompanyName) : answer;
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
