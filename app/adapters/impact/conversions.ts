import { z } from "zod";
import type { Conversion } from "#app/core/conversions/conversion.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { toDecimal } from "#app/core/money.ts";
import type { Impact } from "#app/core/ports/impact.ts";
import { success } from "#app/core/result.ts";
import type { ImpactClient } from "./impact-client.ts";
import { id, idFromUri, optionalDate, optionalText, toImpactDate } from "./impact-values.ts";

const queued = z.object({ QueuedUri: idFromUri });
const submission = z.object({
  Status: z.string(),
  ErrorType: optionalText,
  ErrorReason: optionalText,
  MediaPartnerId: optionalText,
  CompletionDate: optionalDate,
});
const actions = z.object({
  Actions: z
    .array(
      z.object({ Oid: optionalText, MediaPartnerId: id, ActionTrackerId: id, State: optionalText }),
    )
    .default([]),
});

const DAY_MS = 86_400_000;

type ConversionCalls = Pick<Impact, "submitConversion" | "readSubmission" | "findAction">;

export function createConversionCalls(client: ImpactClient): ConversionCalls {
  return {
    async submitConversion(credentials, conversion) {
      const answer = await client.request({
        credentials,
        priority: "conversion",
        method: "POST",
        path: "Conversions",
        form: conversionForm(conversion),
        response: queued,
      });
      return answer.ok ? success({ submissionId: answer.value.QueuedUri }) : answer;
    },

    async readSubmission(credentials, submissionId) {
      const answer = await client.request({
        credentials,
        priority: "outcome",
        method: "GET",
        path: `APISubmissions/${encodeURIComponent(submissionId)}`,
        response: submission,
      });
      if (!answer.ok) return answer;
      const { Status, ErrorType, ErrorReason, MediaPartnerId, CompletionDate } = answer.value;
      return success({
        state: Status === "Complete" ? ("complete" as const) : ("queued" as const),
        errorType: ErrorType,
        // Several reasons stand in one field, parted by spaces (reference/impact.md, section 2.3).
        reasons: (ErrorReason ?? ErrorType ?? "").split(/\s+/).filter((reason) => reason !== ""),
        partnerId: MediaPartnerId as PartnerId | null,
        completedAt: CompletionDate,
      });
    },

    // GET Actions has no filter for order ids: the order's own day is listed and searched.
    async findAction(credentials, { programId, eventTypeId, impactOrderId, eventAt }) {
      const answer = await client.request({
        credentials,
        priority: "outcome",
        method: "GET",
        path: "Actions",
        query: {
          CampaignId: programId,
          ActionDateStart: toImpactDate(new Date(eventAt.getTime() - DAY_MS)),
          ActionDateEnd: toImpactDate(new Date(eventAt.getTime() + DAY_MS)),
        },
        response: actions,
      });
      if (!answer.ok) return answer;
      const found = answer.value.Actions.find(
        (action) =>
          action.Oid === impactOrderId &&
          action.ActionTrackerId === eventTypeId &&
          action.State !== "REVERSED",
      );
      return success(found ? { partnerId: found.MediaPartnerId as PartnerId } : null);
    },
  };
}

/** Net line totals in ItemSubTotal, so no OrderDiscount: sending both would subtract it twice. */
function conversionForm(conversion: Conversion): Record<string, string> {
  const { currency, customerStatus, emailSha1 } = conversion;
  const form: Record<string, string> = {
    CampaignId: conversion.programId,
    EventTypeId: conversion.eventTypeId,
    EventDate: toImpactDate(conversion.eventAt),
    OrderId: conversion.impactOrderId,
    OrderPromoCode: conversion.code,
    CurrencyCode: currency,
    ...(customerStatus && { CustomerStatus: customerStatus }),
    ...(emailSha1 && { CustomerEmail: emailSha1 }),
  };
  for (const [index, line] of conversion.lines.entries()) {
    const i = index + 1;
    form[`ItemSku${i}`] = line.sku;
    form[`ItemName${i}`] = line.name;
    form[`ItemCategory${i}`] = line.category;
    if (line.brand) form[`ItemBrand${i}`] = line.brand;
    form[`ItemQuantity${i}`] = `${line.quantity}`;
    form[`ItemSubTotal${i}`] = toDecimal({ minor: line.subtotalMinor, currency });
  }
  return form;
}
