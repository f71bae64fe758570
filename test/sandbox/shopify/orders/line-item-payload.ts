import type { LineAllocation, PricedLine } from "#test/sandbox/shopify/checkout/checkout-price.ts";
import { currencyAmount } from "#test/sandbox/shopify/checkout/currency-amount.ts";
import { legacyId } from "#test/sandbox/shopify/admin/global-id.ts";
import type { OrderCurrencies } from "./money-set.ts";
import { moneySet } from "./money-set.ts";
import type { TaxLine } from "./order-tax.ts";
import { taxLinesPayload } from "./order-tax.ts";

/** One entry of `line_items` in `orders/*`, 2026-07. */
export function lineItemPayload(
  id: string,
  line: PricedLine,
  tax: TaxLine | null,
  currencies: OrderCurrencies,
) {
  const { product, variant, quantity } = line;
  const variantTitle = variant.title === "Default Title" ? null : variant.title;
  return {
    id,
    admin_graphql_api_id: `gid://shopify/LineItem/${id}`,
    attributed_staffs: [],
    current_quantity: quantity,
    fulfillable_quantity: quantity,
    fulfillment_service: product.giftCard ? "gift_card" : "manual",
    fulfillment_status: null,
    gift_card: product.giftCard,
    grams: 0,
    name: variantTitle === null ? product.title : `${product.title} - ${variantTitle}`,
    price: currencyAmount(variant.price, currencies.shop),
    price_set: moneySet(variant.price, currencies),
    product_exists: true,
    product_id: legacyId(product.id),
    properties: [],
    quantity,
    requires_shipping: !product.giftCard,
    sales_line_item_group_id: null,
    sku: variant.sku,
    taxable: !product.giftCard,
    title: product.title,
    // Only discounts of the line itself; code discounts stand in discount_allocations.
    total_discount: currencyAmount(0, currencies.shop),
    total_discount_set: moneySet(0, currencies),
    variant_id: legacyId(variant.id),
    variant_inventory_management: "shopify",
    variant_title: variantTitle,
    vendor: product.vendor,
    tax_lines: taxLinesPayload(tax, currencies),
    duties: [],
    discount_allocations: line.allocations.map((each) => discountAllocation(each, currencies)),
  };
}

/** One entry of `discount_allocations`, on a line item or a shipping line. */
export function discountAllocation(
  { application, minor }: LineAllocation,
  currencies: OrderCurrencies,
) {
  return {
    amount: currencyAmount(minor, currencies.shop),
    amount_set: moneySet(minor, currencies),
    discount_application_index: application,
  };
}
