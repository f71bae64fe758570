import type { CartLine, CheckoutPrice } from "#test/sandbox/shopify/checkout/checkout-price.ts";
import { lineRemainder } from "#test/sandbox/shopify/checkout/checkout-price.ts";
import { priceCheckout } from "#test/sandbox/shopify/checkout/price-checkout.ts";
import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { takeId } from "#test/sandbox/shopify/state.ts";
import { shippingOf, sumOfTax, totalsOf } from "./checkout-totals.ts";
import { clickIdIn } from "./click-id-in.ts";
import { findCustomer } from "./customer-payload.ts";
import type { OrderCustomer } from "./customer-payload.ts";
import type { TitledDiscount } from "./discount-payload.ts";
import type { OrderCurrencies } from "./money-set.ts";
import { openBooks } from "./order-books.ts";
import { orderPayload } from "./order-payload.ts";
import { taxOn } from "./order-tax.ts";
import { applyTitledDiscount, titledDiscountsOf } from "./titled-discounts.ts";

export interface OrderRequest {
  lines: CartLine[];
  codes?: string[];
  customer?: { email: string; returning?: boolean };
  /** First page of the visit. */
  landingUrl?: string;
  /** Unless given, the click id of the landing URL, as the theme embed would write it. */
  cartAttributes?: Record<string, string>;
  at?: Date;
  test?: boolean;
  sourceName?: string;
  taxesIncluded?: boolean;
  /** 0.2 for 20 %; no tax unless given. */
  taxRate?: number;
  shipping?: { title: string; minor: number };
  presentmentCurrency?: string;
  exchangeRate?: number;
  /** Makes it a draft order on which staff typed this discount. */
  draftTitleDiscount?: { title: string; minor: number };
  /** A discount that the shop gives by itself, beside any codes. */
  automaticDiscount?: { title: string; minor: number };
  /** "paid" unless given. */
  financialStatus?: "pending" | "authorized" | "paid";
  /** Gateways: ["gift_card", "bogus"] where a gift card paid part of it. */
  paidBy?: string[];
  /** Left for the staff at the checkout, as a line of its own. */
  tipMinor?: number;
  /** A test that means a code to be refused says so; else a refusal throws. */
  whenCodeRefused?: "throw" | "pay-without";
}

/** Pays for a cart: the order is stored, and its codes count one use more. */
export function placeOrder(state: ShopifyState, shop: Shop, request: OrderRequest): StoredOrder {
  const at = request.at ?? state.clock.now();
  const price = priceCheckout(shop, {
    lines: request.lines,
    codes: request.codes ?? [],
    customer: request.customer ?? null,
    now: at,
    shippingMinor: request.shipping?.minor ?? 0,
  });
  if (price.refused.length > 0 && request.whenCodeRefused !== "pay-without") {
    throw new Error(`Checkout: ${price.refused.map((code) => code.message).join("; ")}.`);
  }
  const titledDiscounts = titledDiscountsOf(request);
  titledDiscounts.forEach((discount, index) => {
    applyTitledDiscount(price, discount, price.applied.length + index);
  });

  const customer = request.customer ? findCustomer(state, shop, request.customer) : null;
  const order = storedOrder(state, shop, request, { at, price, titledDiscounts, customer });
  shop.orders.push(order);
  recordUses(price, customer);
  return order;
}

interface Checkout {
  at: Date;
  price: CheckoutPrice;
  titledDiscounts: TitledDiscount[];
  customer: OrderCustomer | null;
}

function storedOrder(
  state: ShopifyState,
  shop: Shop,
  request: OrderRequest,
  { at, price, titledDiscounts, customer }: Checkout,
): StoredOrder {
  const taxRule = { rate: request.taxRate ?? 0, included: request.taxesIncluded ?? false };
  const lines = price.lines.map((priced) => ({
    id: takeId(state),
    priced,
    tax: priced.product.giftCard ? null : taxOn(lineRemainder(priced), taxRule),
  }));
  const tax = sumOfTax(lines, taxRule);
  const shipping = shippingOf(request.shipping, price, () => takeId(state));
  const currencies = currenciesOf(shop, request);
  const tip = request.tipMinor ? { id: takeId(state), minor: request.tipMinor } : null;
  const totals = totalsOf(price, tax, taxRule, shipping, tip?.minor ?? 0);
  const financialStatus = request.financialStatus ?? "paid";
  const payload = orderPayload({
    id: takeId(state),
    number: nextNumber(shop),
    shop,
    at,
    test: request.test ?? false,
    sourceName: sourceName(request),
    taxesIncluded: taxRule.included,
    currencies,
    customer,
    lines,
    tip,
    tax,
    shipping,
    applied: price.applied,
    titledDiscounts,
    totals,
    financialStatus,
    gateways: gatewaysOf(request, totals.total),
    visit: visit(request),
  });
  return {
    id: String(payload["id"]),
    name: String(payload["name"]),
    createdAt: at,
    updatedAt: at,
    customerOrderIndex: customer?.orderIndex ?? null,
    payload,
    books: openBooks(currencies, taxRule.rate, financialStatus === "paid" ? totals.total : 0),
  };
}

function currenciesOf(shop: Shop, request: OrderRequest): OrderCurrencies {
  return {
    shop: shop.currency,
    presentment: request.presentmentCurrency ?? shop.currency,
    exchangeRate: request.exchangeRate ?? 1,
  };
}

/** Numbers go on where they were, whatever was deleted meanwhile. */
function nextNumber(shop: Shop): number {
  return Number(shop.orders.at(-1)?.payload["number"] ?? 0) + 1;
}

function gatewaysOf(request: OrderRequest, total: number): string[] {
  if (request.paidBy) return request.paidBy;
  if (total === 0) return [];
  return request.financialStatus === "pending" ? ["manual"] : ["bogus"];
}

function sourceName(request: OrderRequest): string {
  return request.sourceName ?? (request.draftTitleDiscount ? "shopify_draft_order" : "web");
}

function visit(request: OrderRequest) {
  if (sourceName(request) !== "web") return null;
  const landingUrl = request.landingUrl ?? null;
  return { landingUrl, cartAttributes: request.cartAttributes ?? clickAttribute(landingUrl) };
}

function clickAttribute(landingUrl: string | null): Record<string, string> {
  const click = landingUrl === null ? null : clickIdIn(landingUrl);
  return click ? { [click.parameter]: click.clickId } : {};
}

function recordUses(price: CheckoutPrice, customer: OrderCustomer | null): void {
  for (const { redeemCode } of price.applied) {
    redeemCode.timesUsed += 1;
    if (customer) redeemCode.usedBy.push(customer.email);
  }
}
