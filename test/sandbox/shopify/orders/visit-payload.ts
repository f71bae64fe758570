import { createHash } from "node:crypto";

export interface Visit {
  landingUrl: string | null;
  cartAttributes: Record<string, string>;
}

/** Where an order in the online store came from: landing page, cart and browser. */
export function visitPayload(orderId: string, visit: Visit) {
  return {
    browser_ip: "203.0.113.24",
    cart_token: `hWN${token(orderId, "cart")}`,
    checkout_token: token(orderId, "checkout"),
    client_details: {
      accept_language: "en-CA",
      browser_height: null,
      browser_ip: "203.0.113.24",
      browser_width: null,
      session_hash: null,
      user_agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/605.1.15",
    },
    landing_site: visit.landingUrl === null ? "/" : landingSite(visit.landingUrl),
    landing_site_ref: null,
    note_attributes: Object.entries(visit.cartAttributes).map(([name, value]) => ({ name, value })),
    referring_site: "",
  };
}

/** A draft or POS order has no browser behind it. */
export function noVisitPayload() {
  return {
    browser_ip: null,
    cart_token: null,
    checkout_token: null,
    client_details: null,
    landing_site: null,
    landing_site_ref: null,
    note_attributes: [],
    referring_site: null,
  };
}

/** A stable 32-digit token for this order. */
export function token(orderId: string, purpose: string): string {
  return createHash("md5").update(`${purpose}:${orderId}`).digest("hex");
}

/** Path and query alone, as Shopify keeps it. */
function landingSite(landingUrl: string): string {
  const { pathname, search } = new URL(landingUrl, "https://landing.example");
  return pathname + search;
}
