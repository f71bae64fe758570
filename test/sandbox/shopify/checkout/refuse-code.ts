import type { Discount, RedeemCode, Shop } from "#test/sandbox/shopify/state.ts";
import type { PricedLine, RefusalReason, RefusedCode } from "./checkout-price.ts";
import { currencyAmount } from "./currency-amount.ts";

/** help.shopify.com, "Discount combinations": at most five product and order codes on an order. */
const MOST_CODES = 5;

export interface CodeInCart {
  typed: string;
  redeemCode: RedeemCode;
  discount: Discount;
}

export interface CartFacts {
  shop: Shop;
  email: string | null;
  now: Date;
  lines: readonly PricedLine[];
  accepted: readonly CodeInCart[];
}

export function refuseCode(typed: string, because: RefusalReason, cart: CartFacts): RefusedCode {
  return { typed, because, message: sentence(typed, because, cart) };
}

/** Why this code may not join the cart, or null when it may. */
export function refusalReason(entry: CodeInCart, cart: CartFacts): RefusalReason | null {
  const { discount, redeemCode } = entry;
  if (cart.accepted.some((other) => other.redeemCode === redeemCode)) return "entered-twice";
  if (tooMany(discount, cart)) return "too-many";
  if (discount.startsAt > cart.now) return "not-started";
  if (discount.endsAt !== null && discount.endsAt <= cart.now) return "expired";
  // Both limits hold for each redeem code, not for the discount it belongs to.
  if (discount.usageLimit !== null && redeemCode.timesUsed >= discount.usageLimit) return "used-up";
  if (discount.oncePerCustomer && hasUsed(redeemCode, cart.email)) return "already-used";
  if (!isEligible(discount, cart)) return "not-eligible";
  const entitled = entitledLines(cart.shop, discount, cart.lines);
  if (entitled.length === 0) return "nothing-entitled";
  if (!meetsMinimum(discount, entitled)) return "minimum-not-met";
  if (!cart.accepted.every((other) => combine(discount, other.discount))) return "not-combinable";
  return null;
}

/** At most five codes on products and the order, and one on shipping beside them. */
function tooMany(discount: Discount, { accepted }: CartFacts): boolean {
  const onShipping = (each: Discount) => discountClass(each) === "shipping";
  const alike = accepted.filter((other) => onShipping(other.discount) === onShipping(discount));
  return alike.length >= (onShipping(discount) ? 1 : MOST_CODES);
}

/** This storefront sells no subscriptions: what holds for them alone is taken off nothing. */
export function entitledLines(
  shop: Shop,
  { items, purchases }: Discount,
  lines: readonly PricedLine[],
): PricedLine[] {
  if (purchases?.oneTime === false) return [];
  if (!items) return [...lines];
  const ofCollections = shop.collections
    .filter(({ id }) => items.ids.includes(id))
    .flatMap(({ productIds }) => productIds);
  const ids = new Set(items.kind === "products" ? items.ids : ofCollections);
  return lines.filter(({ product }) => ids.has(product.id));
}

/** One segment is enough. */
function isEligible({ segments }: Discount, { shop, email }: CartFacts): boolean {
  if (!segments) return true;
  const wanted = email?.trim().toLowerCase();
  const chosen = shop.segments.filter(({ id }) => segments.includes(id));
  return chosen.some(({ emails }) => emails.some((each) => each.toLowerCase() === wanted));
}

/**
 * An amount off each item, and what is taken off some products alone, is a product discount; a
 * percentage or one amount off everything an order discount.
 */
export function discountClass(discount: Discount): "order" | "product" | "shipping" {
  if (discount.value.kind === "free-shipping") return "shipping";
  const isOnEach = discount.value.kind === "amount" && discount.value.onEachItem;
  return isOnEach || discount.items ? "product" : "order";
}

/** Both discounts must allow the other's class; two codes of one discount are no exception. */
function combine(a: Discount, b: Discount): boolean {
  return a.combinesWith[discountClass(b)] && b.combinesWith[discountClass(a)];
}

function hasUsed(code: RedeemCode, email: string | null): boolean {
  if (email === null) return false;
  return code.usedBy.some((used) => used.trim().toLowerCase() === email.trim().toLowerCase());
}

/** What counts is what the discount is taken off ("Applies only to selected products"). */
function meetsMinimum({ minimum }: Discount, entitled: readonly PricedLine[]): boolean {
  if (minimum === null) return true;
  return minimum.kind === "subtotal"
    ? entitled.reduce((sum, line) => sum + line.fullPrice, 0) >= minimum.minor
    : entitled.reduce((sum, line) => sum + line.quantity, 0) >= minimum.quantity;
}

function sentence(typed: string, because: RefusalReason, cart: CartFacts): string {
  const code = typed.toUpperCase();
  switch (because) {
    case "unknown":
      return `Discount code ${code} isn't valid`;
    case "not-started":
      return `${code} discount code isn't available yet`;
    case "expired":
      return `${code} discount code has expired`;
    case "used-up":
      return `${code} discount code has reached its usage limit`;
    case "already-used":
      return `You've already used the ${code} discount code`;
    case "not-eligible":
      return `${code} discount code isn't available to you right now`;
    case "nothing-entitled":
      return `${code} discount code isn't valid for the items in your cart`;
    case "minimum-not-met":
      return `${code} discount code isn't valid for this cart: ${minimumOf(typed, cart)}`;
    case "not-combinable":
      return `${code} couldn't be used with your existing discounts`;
    case "entered-twice":
      return `${code} has already been applied`;
    case "too-many":
      return `You can use up to ${MOST_CODES} discount codes on an order`;
  }
}

function minimumOf(typed: string, { shop }: CartFacts): string {
  const redeemCode = shop.codes.get(typed.toUpperCase());
  const minimum = redeemCode && shop.discounts.get(redeemCode.discountId)?.minimum;
  if (!minimum) return "the minimum is not met";
  return minimum.kind === "quantity"
    ? `add at least ${minimum.quantity} items`
    : `spend at least ${currencyAmount(minimum.minor, shop.currency)} ${shop.currency}`;
}
