import { groupBy } from "../group-by.ts";
import type { ShopDomain } from "../ids.ts";
import { orderIdIn } from "../ledger/earlier-actions.ts";
import type { Ports } from "../ports/ports.ts";
import type { ImpactCredentials, Program } from "../program/program.ts";
import { listLiveOrders } from "./live-orders.ts";
import type { Prepared } from "./prepare-conversions.ts";
import { leaveReportedWhole } from "./reported-whole.ts";
import { putBack } from "./settle-earlier-tries.ts";
import { isUntried } from "./take-back.ts";

/** An action's event is dated as the order was placed, by whoever reported it then. */
const MARGIN_MS = 86_400_000;

/**
 * Leaves out orders from before the program was chosen that impact.com pays already: who reported them
 * then, another app or this one before the shop's data was erased, is not on record here, and after
 * impact.com's window for duplicates they would be paid twice. Where it can't be asked, they are put back.
 */
export async function leavePaidBefore(
  ports: Ports,
  shop: ShopDomain,
  to: { credentials: ImpactCredentials; program: Program; chosenAt: Date },
  prepared: readonly Prepared[],
): Promise<Prepared[]> {
  const early = await neverReported(
    ports,
    shop,
    prepared.filter(({ conversion }) => conversion.eventAt < to.chosenAt),
  );
  if (early.length === 0) return [...prepared];
  const { programId } = to.program;
  const paid = await listLiveOrders(ports, to.credentials, {
    conversions: early.map(({ conversion }) => ({ ...conversion, programId })),
    marginMs: MARGIN_MS,
    orderOf: orderIdIn,
  });
  if (!paid.ok) {
    await putBack(ports, shop, early, paid.problem);
    return prepared.filter((one) => !early.includes(one));
  }
  const left = early.filter(({ conversion }) => paid.value.has(conversion.orderId));
  return leaveReportedWhole(ports, shop, prepared, left);
}

/** Those of orders of which nothing can be there by our report: else a live action may be that. */
async function neverReported(
  { store }: Pick<Ports, "store">,
  shop: ShopDomain,
  some: readonly Prepared[],
): Promise<Prepared[]> {
  const untried = some.filter(({ conversion }) => isUntried(conversion));
  if (untried.length === 0) return [];
  const orderIds = [...new Set(untried.map(({ conversion }) => conversion.orderId))];
  const all = await store.conversions.listForOrders(shop, orderIds);
  const byOrder = groupBy(all, ({ orderId }) => orderId);
  return untried.filter(({ conversion }) => byOrder.get(conversion.orderId)?.every(isUntried));
}
