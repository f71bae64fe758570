import { currencyDigits } from "../money.ts";
import { earnedLines, earnedMinor } from "../orders/earned-lines.ts";
import type { OrderFacts } from "../orders/order-facts.ts";
import type { OrderId } from "../ids.ts";
import type { AmountBasis } from "./report-settings.ts";

/** One item at 100 with 10% off and 20% tax on the rest. Minor units. */
export interface ExampleOrder {
  grossMinor: number;
  discountMinor: number;
  taxMinor: number;
  /** What impact.com would get, by the same code as for any other order. */
  amountMinor: Record<AmountBasis, number>;
}

/** A small order in the shop's currency, to show what each choice comes to. */
export function exampleOrder(currency: string): ExampleOrder {
  const unit = 10 ** currencyDigits(currency);
  const parts = { grossMinor: 100 * unit, discountMinor: 10 * unit, taxMinor: 18 * unit };
  const facts = factsOf(currency, parts);
  const amount = (basis: AmountBasis) => earnedMinor(earnedLines({ facts, refunds: [] }, basis));
  const amountMinor = {
    net: amount("net"),
    "net-with-tax": amount("net-with-tax"),
    gross: amount("gross"),
  };
  return { ...parts, amountMinor };
}

function factsOf(
  currency: string,
  parts: Pick<ExampleOrder, "grossMinor" | "discountMinor" | "taxMinor">,
): OrderFacts {
  const item = { lineId: "1", sku: null, variantId: null, title: "Item", vendor: null };
  return {
    orderId: "1" as OrderId,
    name: "#1",
    currency,
    placedAt: new Date(0),
    updatedAt: new Date(0),
    cancelledAt: null,
    cancelReason: null,
    financialStatus: "paid",
    test: false,
    sourceName: "web",
    typedCodes: [],
    clicks: [],
    checkoutHash: null,
    taxesIncluded: false,
    tookMinor: [],
    lines: [{ ...item, quantity: 1, currentQuantity: 1, giftCard: false, tip: false, ...parts }],
    current: null,
    refunds: [],
    emailSha1: null,
  };
}
