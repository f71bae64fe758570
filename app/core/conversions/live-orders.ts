import type { OrderId } from "../ids.ts";
import type { ImpactProblem } from "../ports/impact.ts";
import type { Ports } from "../ports/ports.ts";
import type { ImpactCredentials } from "../program/program.ts";
import { success, type Result } from "../result.ts";
import type { Conversion } from "./conversion.ts";
import { queryFor, windowsOf } from "./listed-actions.ts";

interface Question {
  conversions: readonly Conversion[];
  /** How far the date of an action may be from the conversion's. */
  marginMs: number;
  /** The order that an order id at impact.com is taken to be of. */
  orderOf: (impactOrderId: string) => string;
}

/** The orders of these conversions of which impact.com lists a live action, whatever event it is of. */
export async function listLiveOrders(
  { impact }: Pick<Ports, "impact">,
  credentials: ImpactCredentials,
  { conversions, marginMs, orderOf }: Question,
): Promise<Result<Set<OrderId>, ImpactProblem>> {
  const live = new Set<OrderId>();
  for (const window of windowsOf(conversions.map((conversion) => ({ conversion })))) {
    const orderIds = new Map(
      window.map(({ conversion: { orderId } }) => [String(orderId), orderId]),
    );
    const query = { ...queryFor(window, marginMs), priority: "conversion" as const };
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const answer = await impact.listActions(credentials, { ...query, page });
      if (!answer.ok) return answer;
      pages = answer.value.pages;
      for (const { impactOrderId, state } of answer.value.actions) {
        const orderId = orderIds.get(orderOf(impactOrderId));
        if (orderId && state !== "reversed") live.add(orderId);
      }
    }
  }
  return success(live);
}
