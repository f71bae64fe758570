import * as discountChanges from "#app/adapters/shopify/documents/discount-changes.ts";
import * as discounts from "#app/adapters/shopify/documents/discounts.ts";
import * as orders from "#app/adapters/shopify/documents/orders.ts";
import * as redeemCodes from "#app/adapters/shopify/documents/redeem-codes.ts";
import * as shop from "#app/adapters/shopify/documents/shop.ts";
import * as webPixel from "#app/adapters/shopify/documents/web-pixel.ts";

/** Every Admin GraphQL document of the app, by its name. */
export const ALL_DOCUMENTS: [name: string, text: string][] = [
  discountChanges,
  discounts,
  orders,
  redeemCodes,
  shop,
  webPixel,
].flatMap((documents) => Object.entries(documents));

/** The files that hold them, below app/. */
export const DOCUMENT_FILES = [
  "discount-changes",
  "discounts",
  "orders",
  "redeem-codes",
  "shop",
  "web-pixel",
].map((subject) => `adapters/shopify/documents/${subject}.ts`);
