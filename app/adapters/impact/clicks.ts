import { z } from "zod";
import type { PartnerId } from "#app/core/ids.ts";
import type { Impact } from "#app/core/ports/impact.ts";
import { success } from "#app/core/result.ts";
import type { ImpactClient } from "./impact-client.ts";
import { id, optionalDate, optionalText } from "./impact-values.ts";

/** Of the visitor's device, place and address nothing is read. */
const click = z.object({
  CampaignId: id,
  EventDate: optionalDate,
  MediaId: id,
  MediaName: optionalText,
});

export function createClickCalls(client: ImpactClient): Pick<Impact, "findClick"> {
  return {
    async findClick(credentials, { programId, clickId, priority = "read" }) {
      // As a part of a path these would name another one.
      if (/^\.+$/.test(clickId)) return success(null);
      const answer = await client.request({
        credentials,
        priority,
        method: "GET",
        path: `Campaigns/${programId}/Clicks/${encodeURIComponent(clickId)}`,
        response: click,
      });
      if (!answer.ok) return answer.problem.kind === "not-found" ? success(null) : answer;
      const { CampaignId, EventDate, MediaId, MediaName } = answer.value;
      const partner = { partnerId: MediaId as PartnerId, name: MediaName ?? MediaId };
      return success({ programId: CampaignId, partner, clickedAt: EventDate });
    },
  };
}
