import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { Prepared } from "./prepare-conversions.ts";
import { leaveReportedWhole } from "./reported-whole.ts";
import { isUntried } from "./take-back.ts";

/**
 * Leaves out conversions that waited while impact.com credited their orders by another way, as far as a
 * reconciliation has met that: later than its window for duplicates it would pay for them twice.
 */
export async function leaveCreditedOrders(
  ports: Ports,
  shop: ShopDomain,
  prepared: readonly Prepared[],
): Promise<Prepared[]> {
  const untried = prepared.filter(({ conversion }) => isUntried(conversion));
  if (untried.length === 0) return [...prepared];
  const orderIds = untried.map(({ conversion }) => conversion.orderId);
  const credited = new Set(await ports.store.late.listCreditedThere(shop, orderIds));
  const left = untried.filter(({ conversion }) => credited.has(conversion.orderId));
  return leaveReportedWhole(ports, shop, prepared, left);
}
