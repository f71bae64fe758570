declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** `name.myshopify.com`: the tenant, and part of every key. */
export type ShopDomain = Brand<string, "ShopDomain">;
/** Shopify's numeric order id as digits; it passes 2^53, so it is never a number. */
export type OrderId = Brand<string, "OrderId">;
/** impact.com's id of a media partner. */
export type PartnerId = Brand<string, "PartnerId">;
/** A redeem code, trimmed and upper-cased. */
export type DiscountCode = Brand<string, "DiscountCode">;

const SHOP_DOMAIN = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;

export function isShopDomain(text: string): text is ShopDomain {
  return SHOP_DOMAIN.test(text);
}

/** The ids our own tables give out; an address typed by hand may hold anything. */
export function isRowId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

export function isOrderId(text: string): text is OrderId {
  return /^[1-9]\d*$/.test(text);
}
