import { z } from "zod";
import type { Conversion } from "#app/core/conversions/conversion.ts";
import type { PartnerId } from "#app/core/ids.ts";
import { toDecimal } from "#app/core/money.ts";
import type { Impact } from "#app/core/ports/impact.ts";
import { success } from "#app/core/result.ts";
import type { ImpactClient } from "./impact-client.ts";
import { idFromUri, optionalDate, optionalText, toImpactDate } from "./impact-values.ts";

const queued = z.object({ QueuedUri: idFromUri });
const submission = z.object({
  Status: z.string(),
  ErrorType: optionalText,
  ErrorReason: optionalText,
  MediaPartnerId: optionalText,
  CompletionDate: optionalDate,
});
type ConversionCalls = Pick<Impact, "submitConversion" | "readSubmission">;

export function createConversionCalls(client: ImpactClient): ConversionCalls {
  return {
    async submitConversion(credentials, conversion, registeredAs = null) {
      const answer = await client.request({
        credentials,
        priority: "conversion",
        method: "POST",
        path: "Conversions",
        form: conversionForm(conversion, registeredAs ?? conversion.code),
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
  };
}

/** Net line totals in ItemSubTotal, so no OrderDiscount: sending both would subtract it twice. */
function conversionForm(conversion: Conversion, code: string | null): Record<string, string> {
  const { currency, customerStatus, emailSha1 } = conversion;
  const form: Record<string, string> = {
    CampaignId: conversion.programId,
    EventTypeId: conversion.eventTypeId,
    EventDate: toImpactDate(conversion.eventAt),
    OrderId: conversion.impactOrderId,
    ...(code && { OrderPromoCode: code }),
    ...(conversion.clickId && { ClickId: conversion.clickId }),
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
