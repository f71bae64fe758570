import type { AppliedCode, PricedLine } from "#test/sandbox/shopify/checkout/checkout-price.ts";
import { currencyAmount } from "#test/sandbox/shopify/checkout/currency-amount.ts";
import type { Shop } from "#test/sandbox/shopify/state.ts";
import type { OrderCustomer } from "./customer-payload.ts";
import { address, customerPayload } from "./customer-payload.ts";
import type { TitledDiscount } from "./discount-payload.ts";
import { discountApplications, discountCodes } from "./discount-payload.ts";
import { discountAllocation, lineItemPayload } from "./line-item-payload.ts";
import type { OrderCurrencies } from "./money-set.ts";
import { moneySet } from "./money-set.ts";
import { tipPayload } from "./tip-payload.ts";
import type { OrderTotals } from "./order-amounts.ts";
import { orderAmounts } from "./order-amounts.ts";
import type { TaxLine } from "./order-tax.ts";
import { taxLinesPayload } from "./order-tax.ts";
import { shopTime } from "./shop-time.ts";
import type { Visit } from "./visit-payload.ts";
import { noVisitPayload, token, visitPayload } from "./visit-payload.ts";

export interface OrderFacts {
  id: string;
  number: number;
  shop: Shop;
  at: Date;
  test: boolean;
  sourceName: string;
  taxesIncluded: boolean;
  currencies: OrderCurrencies;
  customer: OrderCustomer | null;
  lines: { id: string; priced: PricedLine; tax: TaxLine | null }[];
  tip: { id: string; minor: number } | null;
  tax: TaxLine | null;
  shipping: ShippingFacts | null;
  applied: readonly AppliedCode[];
  titledDiscounts: readonly TitledDiscount[];
  totals: OrderTotals;
  financialStatus: "pending" | "authorized" | "paid";
  gateways: readonly string[];
  /** Null where no browser placed the order. */
  visit: Visit | null;
}

export interface ShippingFacts {
  id: string;
  title: string;
  minor: number;
  /** What a shipping code took off, and the index of its application. */
  discount: { application: number; minor: number } | null;
}

/** The body of `orders/create` in the REST shape of 2026-07, ids as digit strings. */
export function orderPayload(facts: OrderFacts): Record<string, unknown> {
  const { id, shop, currencies, customer, applied, titledDiscounts } = facts;
  const at = shopTime(facts.at, shop.ianaTimezone);
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    ...stateOfOrder(facts, at),
    ...orderAmounts(facts.totals, currencies, {
      current: facts.totals,
      outstanding: facts.financialStatus === "paid" ? 0 : facts.totals.total,
    }),
    ...(facts.visit === null ? noVisitPayload() : visitPayload(id, facts.visit)),
    ...contactPayload(customer, currencies.shop, at),
    discount_codes: discountCodes(applied, titledDiscounts, currencies.shop),
    discount_applications: discountApplications(applied, titledDiscounts, currencies.shop),
    tax_lines: taxLinesPayload(facts.tax, currencies),
    line_items: [
      ...facts.lines.map((line) => lineItemPayload(line.id, line.priced, line.tax, currencies)),
      ...(facts.tip ? [tipPayload(facts.tip.id, facts.tip.minor, currencies)] : []),
    ],
    shipping_lines: facts.shipping === null ? [] : [shippingLine(facts.shipping, currencies)],
    fulfillments: [],
    line_item_groups: [],
    payment_terms: null,
    refunds: [],
    returns: [],
  };
}

function stateOfOrder(facts: OrderFacts, at: string) {
  const { id, number, shop, currencies } = facts;
  const orderToken = token(id, "order");
  return {
    app_id: "580111",
    buyer_accepts_marketing: false,
    cancel_reason: null,
    cancelled_at: null,
    closed_at: null,
    confirmation_number: token(id, "confirmation").slice(0, 9).toUpperCase(),
    confirmed: true,
    created_at: at,
    currency: currencies.shop,
    customer_locale: "en-CA",
    device_id: null,
    duties_included: false,
    estimated_taxes: false,
    financial_status: facts.financialStatus,
    fulfillment_status: null,
    location_id: null,
    merchant_business_entity_id: "MTU0ODM4MDAwOQ",
    merchant_of_record_app_id: null,
    name: `#${1000 + number}`,
    note: null,
    number,
    order_number: 1000 + number,
    order_status_url: `https://${shop.domain}/${shop.id}/orders/${orderToken}/authenticate?key=${token(id, "key")}`,
    payment_gateway_names: [...facts.gateways],
    po_number: null,
    presentment_currency: currencies.presentment,
    processed_at: at,
    reference: null,
    source_identifier: null,
    source_name: facts.sourceName,
    source_url: null,
    tags: "",
    tax_exempt: false,
    taxes_included: facts.taxesIncluded,
    test: facts.test,
    token: orderToken,
    total_weight: 0,
    updated_at: at,
    user_id: null,
  };
}

function contactPayload(customer: OrderCustomer | null, currency: string, at: string) {
  if (customer === null) {
    const none = { billing_address: null, shipping_address: null, customer: null, phone: null };
    return { ...none, contact_email: null, email: "" };
  }
  return {
    billing_address: { ...address(customer.email), latitude: null, longitude: null },
    shipping_address: { ...address(customer.email), latitude: null, longitude: null },
    contact_email: customer.email,
    customer: customerPayload(customer, currency, at),
    email: customer.email,
    phone: null,
  };
}

function shippingLine(shipping: ShippingFacts, currencies: OrderCurrencies) {
  const discounted = shipping.minor - (shipping.discount?.minor ?? 0);
  return {
    id: shipping.id,
    carrier_identifier: null,
    code: shipping.title,
    current_discounted_price_set: moneySet(discounted, currencies),
    discount_allocations: shipping.discount
      ? [discountAllocation(shipping.discount, currencies)]
      : [],
    discounted_price: currencyAmount(discounted, currencies.shop),
    discounted_price_set: moneySet(discounted, currencies),
    is_removed: false,
    phone: null,
    price: currencyAmount(shipping.minor, currencies.shop),
    price_set: moneySet(shipping.minor, currencies),
    requested_fulfillment_service_id: null,
    source: "shopify",
    tax_lines: [],
    title: shipping.title,
  };
}
