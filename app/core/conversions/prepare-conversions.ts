import type { ShopDomain } from "../ids.ts";
import type { Ports } from "../ports/ports.ts";
import type { OrderDetails, ShopifyProblem } from "../ports/shopify.ts";
import { askDetails } from "./ask-details.ts";
import type { Conversion } from "./conversion.ts";
import { counted, triedLater, type SendOutcome } from "./put-back-conversion.ts";

/** A conversion with what only Shopify can tell of its order; what Shopify won't tell is left out in the end. */
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
  const orderIds = [...new Set(fresh.map(({ orderId }) => orderId))];
  const details = await askDetails(ports.shopify, shop, orderIds);
  const now = ports.clock.now();
  // One draw for all: they come back together.
  const random = ports.random();
  const prepared: Prepared[] = [];
  const outcomes: SendOutcome[] = [];
  for (const conversion of conversions) {
    const told = details.get(conversion.orderId);
    const known = told?.ok ? told.value : undefined;
    const refusal =
      told && !told.ok ? waitsForDetails(conversion, told.problem, { now, random }) : null;
    const sendAt = known && !known.isReady ? historyAt(conversion, now) : null;
    if (!isFresh(conversion)) prepared.push({ conversion, productTypes: new Map() });
    else if (refusal) outcomes.push(refusal);
    else if (sendAt) outcomes.push(waitsForHistory(conversion, sendAt));
    else prepared.push(withDetails(conversion, known));
  }
  return { prepared, outcomes };
}

const isFresh = ({ lines }: Conversion) => lines.length === 0;

/** With an hour at most between two tries: about three days. */
const MOST_REFUSALS = 100;
const REFUSED =
  "Shopify refuses to tell whether the customer is new, and what types of product were bought. It is asked again by itself for about three days; then the order goes out without that. Please tell our support.";

/**
 * One that Shopify refuses for good waits for a while too, as what is reported without details stays so.
 * Null: it goes without them.
 */
function waitsForDetails(
  conversion: Conversion,
  problem: ShopifyProblem,
  at: { now: Date; random: number },
): SendOutcome | null {
  const tried = counted(conversion);
  if (problem.retry === "later") return triedLater(tried, problem, at);
  const waiting = triedLater(tried, { ...problem, message: REFUSED }, at);
  const isWorthWaiting = tried.attempts < MOST_REFUSALS && waiting.conversion.state === "ready";
  return isWorthWaiting ? waiting : null;
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
