import { z } from "zod";
import type { PartnerId } from "#app/core/ids.ts";
import type { Impact, PromoCode } from "#app/core/ports/impact.ts";
import { success } from "#app/core/result.ts";
import type { ImpactClient } from "./impact-client.ts";
import { count, id, idFromUri, optionalDate, optionalText, toImpactDate } from "./impact-values.ts";

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
const promoCodes = z.object({ "@numpages": count, PromoCodes: z.array(promoCode).default([]) });
const created = z.object({ Uri: idFromUri });

const PAGE_SIZE = 1_000;
const COUNTED_MS = 10 * 60_000;

type PromoCodeCalls = Pick<
  Impact,
  | "listPromoCodes"
  | "countPromoCodes"
  | "findPromoCode"
  | "registerPromoCode"
  | "endPromoCode"
  | "readPromoCode"
  | "registrationsPerHour"
>;

export function createPromoCodeCalls(client: ImpactClient): PromoCodeCalls {
  const counted = new Map<string, { count: number; until: number }>();
  return {
    registrationsPerHour: ({ accountSid }) => client.perHour(accountSid, "registration"),

    // Without a State both are listed: what has ended tells a code that was expired from one never made.
    async listPromoCodes(credentials, { programId, page, now, priority = "read", isActive }) {
      const answer = await client.request({
        credentials,
        priority,
        method: "GET",
        path: "PromoCodes",
        query: {
          ...{ CampaignId: programId, Page: `${page}`, PageSize: `${PAGE_SIZE}` },
          ...(isActive && { State: "ACTIVE" }),
        },
        response: promoCodes,
      });
      if (!answer.ok) return answer;
      return success({
        pages: answer.value["@numpages"],
        promoCodes: answer.value.PromoCodes.map((listed) => ({
          ...toPromoCode(listed),
          isEnded: isEnded(listed, now),
          isPattern: listed.Type === "RE",
        })),
      });
    },

    async countPromoCodes(credentials, { programId, now, isActive }) {
      const name = `${credentials.accountSid} ${programId} ${isActive ? "active" : "all"}`;
      const known = counted.get(name);
      if (known && known.until > now.getTime()) return success(known.count);
      const answer = await client.request({
        credentials,
        priority: "asked",
        method: "GET",
        path: "PromoCodes",
        query: {
          ...{ CampaignId: programId, PageSize: `${PAGE_SIZE}` },
          ...(isActive && { State: "ACTIVE" }),
        },
        response: promoCodes,
      });
      if (!answer.ok) return answer;
      const count = answer.value["@numpages"] * PAGE_SIZE;
      counted.set(name, { count, until: now.getTime() + COUNTED_MS });
      return success(count);
    },

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
        ({ Code, ...candidate }) =>
          Code.toUpperCase() === code.toUpperCase() && !isEnded({ Code, ...candidate }, now),
      );
      return success(found ? toPromoCode(found) : null);
    },

    // ALWAYS is the only policy that credits an order without a click (reference/impact.md, section 4);
    // another is what a file has asked for.
    async registerPromoCode(credentials, { programId, code, matchMode, partnerId, ...time }) {
      const { startsAt, endsAt, reach } = time;
      const answer = await client.request({
        credentials,
        priority: "registration",
        method: "POST",
        path: "PromoCodes",
        form: {
          AssignedPartnerId: partnerId,
          CampaignId: programId,
          CreditPolicy: reach ?? "ALWAYS",
          Code: code,
          Type: matchMode === "expression" ? "RE" : "LI",
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

    async readPromoCode(credentials, promoCodeId, { now, priority }) {
      const answer = await client.request({
        credentials,
        priority,
        method: "GET",
        path: `PromoCodes/${encodeURIComponent(promoCodeId)}`,
        response: promoCode,
      });
      if (!answer.ok) return answer.problem.kind === "not-found" ? success(null) : answer;
      const { Type } = answer.value;
      return success({
        ...toPromoCode(answer.value),
        isEnded: isEnded(answer.value, now),
        isPattern: Type ? Type === "RE" : null,
      });
    },
  };
}

type Listed = z.infer<typeof promoCode>;

/**
 * A registration that begins later is INACTIVE until then, as an expired one is for good; that may have
 * been expired before it began.
 */
function isEnded({ State, StartDate, EndDate }: Listed, now: Date): boolean {
  if (EndDate !== null && EndDate <= now) return true;
  return State === "INACTIVE" && (StartDate ?? now) <= now;
}

function toPromoCode(found: Listed): PromoCode {
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
