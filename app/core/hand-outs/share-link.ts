import type { DiscountCode } from "../ids.ts";

/** Where a share link leads: the shop's host without scheme, and a path on it. */
export interface LinkTarget {
  host: string;
  landingPath: string;
}

/**
 * The address that puts a code on a customer's checkout and then shows the landing page. Source:
 * help.shopify.com, "Share a discount": /discount/CODE, with ?redirect= for a page other than home.
 */
export function shareLink({ host, landingPath }: LinkTarget, code: DiscountCode): string {
  const address = `https://${host}/discount/${encodeURIComponent(code)}`;
  if (landingPath === "/") return address;
  // A slash may stand in a query as it is, and people read the link.
  const redirect = encodeURIComponent(landingPath).replaceAll("%2F", "/");
  return `${address}?redirect=${redirect}`;
}
