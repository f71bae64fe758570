import type { PlanName } from "#test/sandbox/shopify/state.ts";

/** Points for each app and store: bucket size and points a second (shopify.md §2, "Cost and throttling"). */
export const planLimits: Record<PlanName, { maximumAvailable: number; restoreRate: number }> = {
  standard: { maximumAvailable: 2_000, restoreRate: 100 },
  advanced: { maximumAvailable: 4_000, restoreRate: 200 },
  plus: { maximumAvailable: 20_000, restoreRate: 1_000 },
  enterprise: { maximumAvailable: 40_000, restoreRate: 2_000 },
};
