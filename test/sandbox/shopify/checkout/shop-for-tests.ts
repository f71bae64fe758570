import { addShop, createShopifyState } from "#test/sandbox/shopify/create-state.ts";
import type { Discount, RedeemCode, Shop, ShopifyState } from "#test/sandbox/shopify/state.ts";
import { takeId } from "#test/sandbox/shopify/state.ts";

export const TEST_NOW = new Date("2026-11-22T12:00:00Z");

/** An installed shop that sells a mug (19.95 in two colours) and a kettle (49.00). */
export function shopForTests(
  overrides: { currency?: string; ianaTimezone?: string; domain?: string } = {},
): { state: ShopifyState; shop: Shop } {
  const state = createShopifyState({
    apiKey: "sandbox-key",
    apiSecret: "sandbox-secret",
    scopes: ["read_orders", "write_discounts"],
    clock: { now: () => TEST_NOW },
  });
  const shop = addShop(state, {
    domain: "tea-house.myshopify.com",
    name: "Tea House",
    currency: "USD",
    ianaTimezone: "America/New_York",
    plan: "standard",
    products: [
      {
        title: "Mug",
        productType: "Drinkware",
        variants: [
          { title: "Red", sku: "MUG-RED", price: 1995 },
          { title: "Blue", sku: "MUG-BLUE", price: 1995 },
        ],
      },
      { title: "Kettle", productType: "Kitchen", variants: [{ sku: "KETTLE", price: 4900 }] },
    ],
    ...overrides,
  });
  shop.installation = {
    scopes: state.scopes,
    accessTokens: new Map(),
    refreshTokens: new Map(),
    bucket: { available: 2000, filledAt: TEST_NOW },
  };
  return { state, shop };
}

/** A discount of 10 % with these codes, changed by `overrides`. */
export function addDiscount(
  state: ShopifyState,
  shop: Shop,
  codes: string[],
  overrides: Partial<Discount> = {},
): RedeemCode[] {
  const discount: Discount = {
    id: `gid://shopify/DiscountCodeNode/${takeId(state)}`,
    title: codes.join(", "),
    value: { kind: "percentage", fraction: 0.1 },
    startsAt: new Date("2026-01-01T00:00:00Z"),
    endsAt: null,
    usageLimit: null,
    oncePerCustomer: false,
    minimum: null,
    combinesWith: { order: false, product: false, shipping: false },
    tags: [],
    createdAt: TEST_NOW,
    updatedAt: TEST_NOW,
    ...overrides,
  };
  shop.discounts.set(discount.id, discount);
  return codes.map((code) => {
    const redeemCode: RedeemCode = {
      id: `gid://shopify/DiscountRedeemCode/${takeId(state)}`,
      code,
      discountId: discount.id,
      timesUsed: 0,
      usedBy: [],
    };
    shop.codes.set(code.toUpperCase(), redeemCode);
    return redeemCode;
  });
}

/** Id of the variant with this SKU. */
export function variantId(shop: Shop, sku: string): string {
  const variants = shop.products.flatMap((product) => product.variants);
  const variant = variants.find((candidate) => candidate.sku === sku);
  if (!variant) throw new Error(`The test shop sells no ${sku}.`);
  return variant.id;
}
