import type { Impact } from "#app/core/ports/impact.ts";
import { createActionCalls } from "./actions.ts";
import { createAdjustmentCalls } from "./adjustments.ts";
import { createClickCalls } from "./clicks.ts";
import { createConversionCalls } from "./conversions.ts";
import type { ImpactClient } from "./impact-client.ts";
import { createPartnerCalls } from "./partners.ts";
import { createProgramCalls } from "./programs.ts";
import { createPromoCodeCalls } from "./promo-codes.ts";

/** Core's port to impact.com's brand API v14. */
export function createImpact(client: ImpactClient): Impact {
  const impact: Impact = {
    ofMany: () => ({ ...impact, ...createPromoCodeCalls(forMany(client)) }),
    ...createProgramCalls(client),
    ...createPartnerCalls(client),
    ...createPromoCodeCalls(client),
    ...createConversionCalls(client),
    ...createAdjustmentCalls(client),
    ...createActionCalls(client),
    ...createClickCalls(client),
  };
  return impact;
}

function forMany(client: ImpactClient): ImpactClient {
  return {
    perHour: client.perHour,
    request: (request) =>
      client.request(
        request.priority === "registration" ? { ...request, priority: "many" } : request,
      ),
  };
}
