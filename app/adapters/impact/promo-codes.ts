import { z } from "zod";
import type { PartnerId } from "#app/core/ids.ts";
import type { Impact, PromoCode } from "#app/core/ports/impact.ts";
import { success } from "#app/core/result.ts";
import type { ImpactClient } from "./impact-client.ts";
import { id, idFromUri, optionalDate, optionalText, toImpactDate } from "./impact-values.ts";

const promoCode = z.object({
  Id: id,
  Code: z.string(),
  Type: optionalText,
  State: optionalText,
  CreditPolicy: optionalText,
  StartDate: optionalDate,
  EndDate: optionalDate,
  AssignedPartnerId: id,
  AssignedPartnerName: optionalText,
});
const promoCodes = z.object({ PromoCodes: z.array(promoCode).default([]) });
const created = z.object({ Uri: idFromUri });

type PromoCodeCalls = Pick<
  Impact,
  "findPromoCode" | "registerPromoCode" | "endPromoCode" | "readPromoCode"
>;

export function createPromoCodeCalls(client: ImpactClient): PromoCodeCalls {
  return {
    async findPromoCode(credentials, { programId, code, now, priority }) {
      const answer = await client.request({
        credentials,
        priority,
        method: "GET",
        path: "PromoCodes",
        query: { CampaignId: programId, Code: code },
        response: promoCodes,
      });
      if (!answer.ok) return answer;
      const found = answer.value.PromoCodes.find(
        (candidate) =>
          candidate.Code.toUpperCase() === code &&
          // A registration that begins later is INACTIVE until then, as an expired one is for good.
          (candidate.State !== "INACTIVE" || (candidate.StartDate ?? now) > now),
      );
      return success(found ? toPromoCode(found) : null);
    },

    // ALWAYS is the only policy that credits an order without a click (reference/impact.md, section 4).
    async registerPromoCode(credentials, { programId, code, partnerId, startsAt, endsAt }) {
      const answer = await client.request({
        credentials,
        priority: "registration",
        method: "POST",
        path: "PromoCodes",
        form: {
          AssignedPartnerId: partnerId,
          CampaignId: programId,
          CreditPolicy: "ALWAYS",
          Code: code,
          Type: "LI",
          StartDate: toImpactDate(startsAt),
          ...(endsAt && { EndDate: toImpactDate(endsAt) }),
        },
        response: created,
      });
      return answer.ok ? success({ promoCodeId: answer.value.Uri }) : answer;
    },

    async endPromoCode(credentials, promoCodeId) {
      const answer = await client.request({
        credentials,
        priority: "registration",
        method: "DELETE",
        path: `PromoCodes/${encodeURIComponent(promoCodeId)}`,
        response: created,
      });
      if (answer.ok) return success({ wasThere: true });
      return answer.problem.kind === "not-found" ? success({ wasThere: false }) : answer;
    },

    async readPromoCode(credentials, promoCodeId, priority) {
      const answer = await client.request({
        credentials,
        priority,
        method: "GET",
        path: `PromoCodes/${encodeURIComponent(promoCodeId)}`,
        response: promoCode,
      });
      if (answer.ok) return success(toPromoCode(answer.value));
      return answer.problem.kind === "not-found" ? success(null) : answer;
    },
  };
}

function toPromoCode(found: z.infer<typeof promoCode>): PromoCode {
  return {
    promoCodeId: found.Id,
    code: found.Code,
    partnerId: found.AssignedPartnerId as PartnerId,
    partnerName: found.AssignedPartnerName ?? "",
    creditPolicy: found.CreditPolicy,
    startsAt: found.StartDate,
    endsAt: found.EndDate,
  };
}
