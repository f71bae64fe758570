import { allocate } from "#test/sandbox/shopify/checkout/allocate.ts";
import type { CartLine, CheckoutPrice } from "#test/sandbox/shopify/checkout/checkout-price.ts";
import { lineRemainder } from "#test/sandbox/shopify/checkout/checkout-price.ts";
import { priceCheckout } from "#test/sandbox/shopify/checkout/price-checkout.ts";
import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { takeId } from "#test/sandbox/shopify/state.ts";
import { clickIdIn } from "./click-id-in.ts";
import { findCustomer } from "./customer-payload.ts";
import type { OrderCustomer } from "./customer-payload.ts";
import type { DraftTitleDiscount } from "./discount-payload.ts";
import { orderPayload } from "./order-payload.ts";
import type { TaxLine, TaxRule } from "./order-tax.ts";
import { taxOn } from "./order-tax.ts";

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
  draftTitleDiscount?: DraftTitleDiscount;
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
  });
  if (price.refused.length > 0 && request.whenCodeRefused !== "pay-without") {
    throw new Error(`Checkout: ${price.refused.map((code) => code.message).join("; ")}.`);
  }
  if (request.draftTitleDiscount) applyDraftDiscount(price, request.draftTitleDiscount);

  const customer = request.customer ? findCustomer(state, shop, request.customer) : null;
  const order = storedOrder(state, shop, request, { at, price, customer });
  shop.orders.push(order);
  recordUses(price, customer);
  return order;
}

interface Checkout {
  at: Date;
  price: CheckoutPrice;
  customer: OrderCustomer | null;
}

function storedOrder(
  state: ShopifyState,
  shop: Shop,
  request: OrderRequest,
  { at, price, customer }: Checkout,
): StoredOrder {
  const taxRule = { rate: request.taxRate ?? 0, included: request.taxesIncluded ?? false };
  const lines = price.lines.map((priced) => ({
    id: takeId(state),
    priced,
    tax: taxOn(lineRemainder(priced), taxRule),
  }));
  const tax = sumOfTax(lines, taxRule);
  const shipping = request.shipping ? { id: takeId(state), ...request.shipping } : null;
  const payload = orderPayload({
    id: takeId(state),
    number: shop.orders.length + 1,
    shop,
    at,
    test: request.test ?? false,
    sourceName: sourceName(request),
    taxesIncluded: taxRule.included,
    currencies: {
      shop: shop.currency,
      presentment: request.presentmentCurrency ?? shop.currency,
      exchangeRate: request.exchangeRate ?? 1,
    },
    customer,
    lines,
    tax,
    shipping,
    applied: price.applied,
    draftTitleDiscount: request.draftTitleDiscount ?? null,
    totals: totals(price, tax, taxRule, shipping?.minor ?? 0),
    visit: visit(request),
  });
  return {
    id: String(payload["id"]),
    name: String(payload["name"]),
    createdAt: at,
    updatedAt: at,
    customerOrderIndex: customer?.orderIndex ?? null,
    payload,
  };
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

function totals(price: CheckoutPrice, tax: TaxLine | null, rule: TaxRule, shipping: number) {
  const taxMinor = tax?.minor ?? 0;
  return {
    lines: price.linesTotal,
    discounts: price.discountTotal,
    subtotal: price.subtotal,
    tax: taxMinor,
    shipping,
    total: price.subtotal + shipping + (rule.included ? 0 : taxMinor),
  };
}

function sumOfTax(lines: { tax: TaxLine | null }[], { rate }: TaxRule): TaxLine | null {
  if (rate === 0) return null;
  return { rate, minor: lines.reduce((sum, line) => sum + (line.tax?.minor ?? 0), 0) };
}

/** The typed discount comes after the codes, as the last application. */
function applyDraftDiscount(price: CheckoutPrice, { minor }: DraftTitleDiscount): void {
  const application = price.applied.length;
  if (minor > price.subtotal) throw new Error("A draft discount can't exceed the subtotal.");
  allocate(minor, price.lines.map(lineRemainder)).forEach((share, index) => {
    if (share > 0) price.lines[index]?.allocations.push({ application, minor: share });
  });
  price.discountTotal += minor;
  price.subtotal -= minor;
}

function recordUses(price: CheckoutPrice, customer: OrderCustomer | null): void {
  for (const { redeemCode } of price.applied) {
    redeemCode.timesUsed += 1;
    if (customer) redeemCode.usedBy.push(customer.email);
  }
}
