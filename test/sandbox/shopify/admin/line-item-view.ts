import { connection } from "#test/sandbox/shopify/admin/connection.ts";
import { discountApplicationView } from "#test/sandbox/shopify/admin/discount-application-view.ts";
import type { PageArguments } from "#test/sandbox/shopify/admin/connection.ts";
import { globalId } from "#test/sandbox/shopify/admin/global-id.ts";
import { listOf, moneyBagOf, textOf } from "#test/sandbox/shopify/admin/payload-fields.ts";
import type { Json } from "#test/sandbox/shopify/admin/payload-fields.ts";
import type { Shop, StoredOrder } from "#test/sandbox/shopify/state.ts";

/** A line keeps its product's id after the product is gone; GraphQL then has no product. */
function productView(shop: Shop, productId: string | null) {
  const product = shop.products.find((each) => each.id === productId);
  if (!product) return null;
  const { id, title, vendor, productType } = product;
  return { id: globalId("Product", id), legacyResourceId: id, title, vendor, productType };
}

function variantView(shop: Shop, variantId: string | null) {
  const variants = shop.products.flatMap((product) => product.variants);
  const variant = variants.find((each) => each.id === variantId);
  if (!variant) return null;
  const { id, title, sku } = variant;
  return { id: globalId("ProductVariant", id), legacyResourceId: id, title, sku };
}

function taxLineView(taxLine: Json) {
  return {
    title: textOf(taxLine, "title"),
    rate: taxLine["rate"],
    priceSet: moneyBagOf(taxLine, "price_set"),
  };
}

function applicationOf(order: StoredOrder, allocation: Json) {
  const index = Number(allocation["discount_application_index"]);
  const application = listOf(order.payload, "discount_applications")[index];
  return application && discountApplicationView(application, index);
}

/** LineItem; amounts only when asked for. */
export function lineItemView(shop: Shop, order: StoredOrder, line: Json) {
  return {
    id: globalId("LineItem", String(line["id"])),
    sku: textOf(line, "sku"),
    title: textOf(line, "title"),
    name: textOf(line, "name"),
    vendor: textOf(line, "vendor"),
    quantity: line["quantity"],
    currentQuantity: line["current_quantity"],
    refundableQuantity: line["current_quantity"],
    isGiftCard: line["gift_card"] === true,
    taxable: line["taxable"] === true,
    originalUnitPriceSet: () => moneyBagOf(line, "price_set"),
    discountAllocations: () =>
      listOf(line, "discount_allocations").map((allocation) => ({
        allocatedAmountSet: moneyBagOf(allocation, "amount_set"),
        discountApplication: () => applicationOf(order, allocation),
      })),
    taxLines: ({ first }: { first?: number | null }) =>
      listOf(line, "tax_lines")
        .slice(0, first ?? undefined)
        .map(taxLineView),
    product: () => productView(shop, textOf(line, "product_id")),
    variant: () => variantView(shop, textOf(line, "variant_id")),
  };
}

export function lineItemsView(shop: Shop, order: StoredOrder, args: PageArguments) {
  const placed = listOf(order.payload, "line_items").map((line, index) => ({
    item: line,
    id: String(line["id"]),
    value: index,
  }));
  return connection(placed, args, (line) => lineItemView(shop, order, line));
}
