import type { ShopDomain } from "../ids.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { OrderVerdict } from "./judge-order.ts";
import type { OrderReason } from "./order-state.ts";
import type { Order } from "./order.ts";

export interface Decided {
  order: Order;
  verdict: OrderVerdict;
}

/** Nobody has lost anything by what was not sent in time, or waits, where impact.com pays already. */
const GIVES_WAY: readonly (OrderReason | null)[] = [null, "too-late", "not-connected"];

/**
 * Of orders that are to be reported, leaves those alone that impact.com has credited by another way, as
 * far as a reconciliation has met that: reported as well, they would be paid twice.
 */
export async function leaveCredited(
  tx: Pick<PipelineStores, "late">,
  shop: ShopDomain,
  decided: readonly Decided[],
): Promise<Decided[]> {
  const toReport = decided.filter(({ verdict }) => GIVES_WAY.includes(verdict.reason));
  if (toReport.length === 0) return [...decided];
  const orderIds = toReport.map(({ order }) => order.orderId);
  const credited = new Set(await tx.late.listCreditedThere(shop, orderIds));
  return decided.map(({ order, verdict }) => ({
    order,
    verdict: credited.has(order.orderId)
      ? { reason: "credited-there", attribution: null }
      : verdict,
  }));
}
