import { oldestReportable } from "../conversions/reporting-limit.ts";
import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { Money } from "../money.ts";
import type { LateOrder, LateSum } from "../ports/late-stores.ts";
import type { Ports } from "../ports/ports.ts";
import type { LateEffect } from "./late-effect.ts";

export interface AssignmentPreview {
  now: Date;
  /** impact.com takes nothing that was placed before. */
  oldest: Date;
  /** From when the partner would have the code: never before what impact.com still takes. */
  from: Date;
  /** How many orders each effect meets, and what they are worth. */
  effects: { effect: LateEffect; orders: number; worth: Money[] }[];
  /** The newest orders with the code. */
  orders: LateOrder[];
}

const SHOWN = 50;

/**
 * What giving a code to a partner from that moment on would change in the ledger; null means all
 * that can still be reported.
 */
export async function previewAssignment(
  { store, clock }: Pick<Ports, "store" | "clock">,
  { shop, code, since }: { shop: ShopDomain; code: DiscountCode; since: Date | null },
): Promise<AssignmentPreview> {
  const now = clock.now();
  const oldest = oldestReportable(now);
  const from = startOf(since, oldest);
  const question = { code, from, oldest };
  const [sums, orders] = await Promise.all([
    store.late.sumByEffect(shop, question),
    store.late.listByEffect(shop, question, { limit: SHOWN }),
  ]);
  return { now, oldest, from, effects: byEffect(sums), orders };
}

/** An order that is too old to be reported must not be taken for the partner's, and then fail. */
export function startOf(since: Date | null, oldest: Date): Date {
  return since && since > oldest ? since : oldest;
}

function byEffect(sums: LateSum[]): AssignmentPreview["effects"] {
  const effects = [...new Set(sums.map(({ effect }) => effect))];
  return effects.map((effect) => {
    const met = sums.filter((sum) => sum.effect === effect);
    return {
      effect,
      orders: met.reduce((all, { orders }) => all + orders, 0),
      worth: met.map(({ netMinor: minor, currency }) => ({ minor, currency })),
    };
  });
}
