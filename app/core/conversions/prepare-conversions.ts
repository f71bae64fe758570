import type { OrderId, ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { OrderDetails, ShopifyProblem } from "../ports/shopify.ts";
import { success, type Result } from "../result.ts";
import type { Conversion } from "./conversion.ts";
import { counted, triedLater, type SendOutcome } from "./put-back-conversion.ts";
import { SENT_TOGETHER } from "./send-jobs.ts";

/** A conversion with what only Shopify can tell of its order; what Shopify won't tell is left out. */
export interface Prepared {
  conversion: Conversion;
  /** By line id. */
  productTypes: ReadonlyMap<string, string>;
}

type Needs = Pick<Ports, "clock" | "random"> & { shopify: Pick<Ports["shopify"], "orderDetails"> };

/** How long after an order Shopify may be at work on the customer's history. */
const HISTORY_TAKES_MS = 10 * 60_000;
const LOOK_AGAIN_MS = 15_000;

/**
 * Asks Shopify for all that go for the first time, as many in a call as it takes. Whose history is not worked out yet looks
 * again a little later, and after ten minutes goes without the customer's status.
 */
export async function prepareConversions(
  ports: Needs,
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
    const told = details.get(conversion.orderId);
    const known = told?.ok ? told.value : undefined;
    const sendAt = known && !known.isReady ? historyAt(conversion, now) : null;
    if (!isFresh(conversion)) prepared.push({ conversion, productTypes: new Map() });
    else if (told && !told.ok) {
      outcomes.push(triedLater(counted(conversion), told.problem, { now, random }));
    } else if (sendAt) outcomes.push(waitsForHistory(conversion, sendAt));
    else prepared.push(withDetails(conversion, known));
  }
  return { prepared, outcomes };
}

const isFresh = ({ lines }: Conversion) => lines.length === 0;

type Told = Result<OrderDetails, ShopifyProblem>;

/**
 * By order, what Shopify tells of it or why it doesn't. The calls go side by side: what would stand in
 * line for long is refused at once, and waits by itself.
 */
async function detailsOf(
  { shopify }: Needs,
  shop: ShopDomain,
  fresh: readonly Conversion[],
): Promise<Map<OrderId, Told>> {
  const orderIds = [...new Set(fresh.map(({ orderId }) => orderId))];
  const ask = async (some: OrderId[]): Promise<[OrderId, Told][]> => {
    const details = await shopify.orderDetails(shop, some);
    if (details.ok) return [...details.value].map(([orderId, one]) => [orderId, success(one)]);
    // What it will never tell is left out.
    if (details.problem.retry === "never") return [];
    return some.map((orderId) => [orderId, details]);
  };
  const lists: OrderId[][] = [];
  for (let from = 0; from < orderIds.length; from += SENT_TOGETHER) {
    lists.push(orderIds.slice(from, from + SENT_TOGETHER));
  }
  return new Map((await Promise.all(lists.map(ask))).flat());
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
