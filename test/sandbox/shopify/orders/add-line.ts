import type { CartLine } from "#test/sandbox/shopify/checkout/checkout-price.ts";
import { pricedLine } from "#test/sandbox/shopify/checkout/price-checkout.ts";
import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { takeId } from "#test/sandbox/shopify/state.ts";
import { lineItemPayload } from "./line-item-payload.ts";
import type { LinePayload } from "./order-books.ts";
import { booksOf, lineMoney, linesOf } from "./order-books.ts";
import { taxLinesPayload, taxOn } from "./order-tax.ts";

/** Puts a line on an order; codes entered at checkout take nothing off it. Returns its id. */
export function addLine(
  state: ShopifyState,
  shop: Shop,
  order: StoredOrder,
  wanted: CartLine,
): string {
  const { currencies } = booksOf(order);
  const id = takeId(state);
  const priced = pricedLine(shop, wanted);
  const tax = priced.product.giftCard ? null : taxOn(priced.fullPrice, taxRuleOf(order));
  linesOf(order).push(lineItemPayload(id, priced, tax, currencies));
  return id;
}

/** More units of a line at its price; what codes took off it stays what it was. */
export function addUnits(order: StoredOrder, line: LinePayload, quantity: number): void {
  const { currencies } = booksOf(order);
  line.quantity += quantity;
  line.current_quantity += quantity;
  line.fulfillable_quantity += quantity;
  if (line.tax_lines.length === 0) return;
  const tax = taxOn(lineMoney(order, line).subtotal, taxRuleOf(order));
  line.tax_lines = taxLinesPayload(tax, currencies);
}

function taxRuleOf(order: StoredOrder) {
  return { rate: booksOf(order).taxRate, included: order.payload["taxes_included"] === true };
}
