import { globalId } from "#test/sandbox/shopify/admin/global-id.ts";
import type { PlanName, Shop } from "#test/sandbox/shopify/state.ts";

const planTitles: Record<PlanName, string> = {
  standard: "Basic",
  advanced: "Advanced",
  plus: "Plus",
  enterprise: "Enterprise",
};

export function shopView(shop: Shop) {
  const title = planTitles[shop.plan];
  return {
    id: globalId("Shop", shop.id),
    name: shop.name,
    myshopifyDomain: shop.domain,
    url: `https://${shop.host}`,
    primaryDomain: { host: shop.host, url: `https://${shop.host}`, sslEnabled: true },
    currencyCode: shop.currency,
    ianaTimezone: shop.ianaTimezone,
    plan: {
      displayName: title,
      publicDisplayName: title,
      shopifyPlus: shop.plan === "plus" || shop.plan === "enterprise",
      partnerDevelopment: false,
    },
  };
}
