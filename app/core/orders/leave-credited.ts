import { AFTER_ANOTHERS } from "../conversions/conversions-of-shares.ts";
import type { ShopDomain } from "../ids.ts";
import type { PipelineStores } from "../ports/store.ts";
import type { OrderVerdict } from "./judge-order.ts";
import type { OrderReason } from "./order-state.ts";
import type { Order } from "./order.ts";

interface Judged {
  order: Order;
  verdict: OrderVerdict;
}

export interface Decided extends Judged {
  /** The number of what is reported of it. */
  number: number;
}

/** Nobody has lost anything by what was not sent in time, or waits, where impact.com pays already. */
const GIVES_WAY: readonly (OrderReason | null)[] = [null, "too-late", "not-connected"];

/**
 * Of orders that are to be reported, leaves those alone that impact.com has credited by another way, as
 * far as a reconciliation has met that: reported as well, they would be paid twice. Where that is over,
 * they have a later number.
 */
export async function leaveCredited(
  tx: Pick<PipelineStores, "late">,
  shop: ShopDomain,
  judged: readonly Judged[],
): Promise<Decided[]> {
  const toReport = judged.filter(({ verdict }) => GIVES_WAY.includes(verdict.reason));
  if (toReport.length === 0) return judged.map((one) => ({ ...one, number: 1 }));
  const orderIds = toReport.map(({ order }) => order.orderId);
  const noted = await tx.late.listCreditedThere(shop, orderIds);
  const once = new Set(noted.map(({ orderId }) => orderId));
  const standing = new Set(noted.flatMap(({ orderId, isOver }) => (isOver ? [] : orderId)));
  return judged.map(({ order, verdict }) => ({
    order,
    verdict: standing.has(order.orderId)
      ? { reason: "credited-there", attribution: null }
      : verdict,
    number: once.has(order.orderId) ? AFTER_ANOTHERS : 1,
  }));
}
