import type { DiscountCode, ShopDomain } from "../ids.ts";
import type { Money } from "../money.ts";
import { oldestReportable } from "../conversions/reporting-limit.ts";
import type { Ports } from "../ports/ports.ts";

/** A code that customers type and that is nobody's, with the orders it could still earn somebody. */
export interface UnassignedCode {
  code: DiscountCode;
  orders: number;
  worth: Money[];
  firstAt: Date;
  lastAt: Date;
}

const MOST_CODES = 200;

/** Codes typed on orders that impact.com would still take, and that belonged to no partner then. */
export async function listUnassignedCodes(
  { store, clock }: Pick<Ports, "store" | "clock">,
  shop: ShopDomain,
): Promise<UnassignedCode[]> {
  const since = oldestReportable(clock.now());
  const codes = new Map<DiscountCode, UnassignedCode>();
  for (const sum of await store.late.sumUnassigned(shop, { since, limit: MOST_CODES })) {
    const { code, orders, netMinor: minor, currency, firstAt, lastAt } = sum;
    const known = codes.get(code);
    codes.set(code, {
      code,
      orders: orders + (known?.orders ?? 0),
      worth: [...(known?.worth ?? []), { minor, currency }],
      firstAt: earlier(firstAt, known?.firstAt),
      lastAt: known && known.lastAt > lastAt ? known.lastAt : lastAt,
    });
  }
  return [...codes.values()];
}

function earlier(one: Date, other: Date | undefined): Date {
  return other && other < one ? other : one;
}
