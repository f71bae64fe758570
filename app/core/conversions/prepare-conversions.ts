import type { OrderId, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { OrderDetails } from "../ports/shopify.ts";
import type { Conversion } from "./conversion.ts";
import { counted, triedLater, type SendOutcome } from "./put-back-conversion.ts";

/** A conversion with what only Shopify can tell of its order; what Shopify won't tell is left out. */
export interface Prepared {
  conversion: Conversion;
  /** By line id. */
  productTypes: ReadonlyMap<string, string>;
}

/** How long after an order Shopify may be at work on the customer's history. */
const HISTORY_TAKES_MS = 10 * 60_000;
const LOOK_AGAIN_MS = 15_000;

/**
 * Asks Shopify once for all that go for the first time. Whose history is not worked out yet looks
 * again a little later, and after ten minutes goes without the customer's status.
 */
export async function prepareConversions(
  ports: Ports,
  shop: ShopDomain,
  conversions: readonly Conversion[],
): Promise<{ prepared: Prepared[]; outcomes: SendOutcome[] }> {
  const fresh = conversions.filter(isFresh);
  const details = await detailsOf(ports, shop, fresh);
  const now = ports.clock.now();
  // One draw for all: they come back together.
  const random = ports.random();
  const prepared: Prepared[] = [];
  const outcomes: SendOutcome[] = [];
  for (const conversion of conversions) {
    if (!isFresh(conversion)) prepared.push({ conversion, productTypes: new Map() });
    else if (!details.ok) {
      outcomes.push(triedLater(counted(conversion), details.problem, { now, random }));
    } else {
      const known = details.value.get(conversion.orderId);
      const sendAt = known && !known.isReady ? historyAt(conversion, now) : null;
      if (sendAt) outcomes.push(waitsForHistory(conversion, sendAt));
      else prepared.push(withDetails(conversion, known));
    }
  }
  return { prepared, outcomes };
}

const isFresh = ({ lines }: Conversion) => lines.length === 0;

async function detailsOf(ports: Ports, shop: ShopDomain, fresh: readonly Conversion[]) {
  const nothing = { ok: true as const, value: new Map<OrderId, OrderDetails>() };
  if (fresh.length === 0) return nothing;
  const orderIds = [...new Set(fresh.map(({ orderId }) => orderId))];
  const details = await ports.shopify.orderDetails(shop, orderIds);
  return !details.ok && details.problem.retry === "never" ? nothing : details;
}

/** Waits as long again as it has waited; null once that is enough. */
function historyAt({ eventAt }: Conversion, now: Date): Date | null {
  const age = now.getTime() - eventAt.getTime();
  return age > HISTORY_TAKES_MS ? null : new Date(now.getTime() + Math.max(LOOK_AGAIN_MS, age));
}

function waitsForHistory(conversion: Conversion, sendAt: Date): SendOutcome {
  const waiting: Conversion = { ...conversion, state: "ready", nextAttemptAt: sendAt };
  return { conversion: waiting, reason: "to-send", problem: null, sendAt };
}

function withDetails(conversion: Conversion, known: OrderDetails | undefined): Prepared {
  const index = known?.isReady ? known.customerOrderIndex : null;
  const customerStatus = index === null ? null : index === 0 ? "NEW" : "EXISTING";
  return {
    conversion: { ...conversion, customerStatus },
    productTypes: known?.productTypes ?? new Map<string, string>(),
  };
}
