import { currencyAmount } from "#test/sandbox/shopify/checkout/currency-amount.ts";
import type { OrderCurrencies } from "./money-set.ts";
import { moneySet } from "./money-set.ts";

/** The entry of `line_items` that is a tip: of no product, never discounted or taxed. */
export function tipPayload(id: string, minor: number, currencies: OrderCurrencies) {
  return {
    id,
    admin_graphql_api_id: `gid://shopify/LineItem/${id}`,
    attributed_staffs: [],
    current_quantity: 1,
    fulfillable_quantity: 0,
    fulfillment_service: "manual",
    fulfillment_status: null,
    gift_card: false,
    grams: 0,
    name: "Tip",
    price: currencyAmount(minor, currencies.shop),
    price_set: moneySet(minor, currencies),
    product_exists: false,
    product_id: null,
    properties: [],
    quantity: 1,
    requires_shipping: false,
    sales_line_item_group_id: null,
    sku: null,
    taxable: false,
    // Present only on tips, and null where the gateway is not known.
    tip_payment_gateway: null,
    tip_payment_method: null,
    title: "Tip",
    total_discount: currencyAmount(0, currencies.shop),
    total_discount_set: moneySet(0, currencies),
    variant_id: null,
    variant_inventory_management: null,
    variant_title: null,
    vendor: null,
    tax_lines: [],
    duties: [],
    discount_allocations: [],
  };
}
