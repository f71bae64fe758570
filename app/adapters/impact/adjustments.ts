import { z } from "zod";
import type { Adjustment } from "#app/core/adjustments/adjustment.ts";
import { itemsToName } from "#app/core/adjustments/items-to-name.ts";
import type { Conversion } from "#app/core/conversions/conversion.ts";
import { toDecimal } from "#app/core/money.ts";
import type { Impact } from "#app/core/ports/impact.ts";
import { success } from "#app/core/result.ts";
import type { ImpactClient } from "./impact-client.ts";
import { idFromUri } from "./impact-values.ts";

const queued = z.object({ QueuedUri: idFromUri });

type Adjusted = Pick<Conversion, "impactOrderId" | "eventTypeId" | "lines" | "held">;

export function createAdjustmentCalls(client: ImpactClient): Pick<Impact, "submitAdjustment"> {
  return {
    async submitAdjustment(credentials, adjustment, conversion) {
      const isReversal = adjustment.kind === "reversal";
      const answer = await client.request({
        credentials,
        priority: "adjustment",
        method: isReversal ? "DELETE" : "PUT",
        path: "Actions",
        form: isReversal
          ? { ...named(conversion), DispositionCode: adjustment.disposition }
          : modificationForm(adjustment, conversion),
        response: queued,
      });
      return answer.ok ? success({ submissionId: answer.value.QueuedUri }) : answer;
    },
  };
}

/** Order id and event type stand for the action, whose own id is told nowhere (impact.md, section 3.3). */
function named({ eventTypeId, impactOrderId }: Adjusted): Record<string, string> {
  return { ActionTrackerId: eventTypeId, OrderId: impactOrderId };
}

/**
 * The first item's fields bear no number, the others 2, 3 … (impact.md, section 3.2). Amounts name no
 * currency: they are the order's, and whether impact.com took them so is looked up (core's misread.ts).
 */
function modificationForm(adjustment: Adjustment, conversion: Adjusted): Record<string, string> {
  const form: Record<string, string> = { ...named(conversion), Reason: adjustment.disposition };
  const categories = new Map(conversion.lines.map(({ sku, category }) => [sku, category]));
  for (const [index, item] of itemsToName(adjustment, conversion).entries()) {
    const number = index === 0 ? "" : `${index + 1}`;
    const category = categories.get(item.sku);
    const amount = toDecimal({ minor: item.amountMinor, currency: adjustment.currency });
    form[`Sku${number}`] = item.sku;
    if (category) form[`Category${number}`] = category;
    form[`Quantity${number}`] = `${item.quantity}`;
    // A removed item has no amount to state.
    if (item.quantity > 0) form[`Amount${number}`] = amount;
  }
  return form;
}
