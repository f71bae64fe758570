import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ComplianceRecord } from "./compliance-record.ts";

const MOST_SHOWN = 100;

/** The privacy requests that came from Shopify and what was done, newest first. */
export async function listCompliance(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
): Promise<ComplianceRecord[]> {
  return store.compliance.list(shop, MOST_SHOWN);
}
