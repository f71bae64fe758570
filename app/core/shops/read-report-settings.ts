import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { ReportSettings } from "./report-settings.ts";

/** When orders are reported and with what amount, as the merchant has chosen. */
export async function readReportSettings(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
): Promise<ReportSettings> {
  return store.shops.reportSettings(shop);
}
