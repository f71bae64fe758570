import type { Discount, RedeemCode, Shop } from "#test/sandbox/shopify/state.ts";
import type { RefusalReason, RefusedCode } from "./checkout-price.ts";
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
  linesTotal: number;
  quantity: number;
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
  if (!meetsMinimum(discount, cart)) return "minimum-not-met";
  if (!cart.accepted.every((other) => combine(discount, other.discount))) return "not-combinable";
  return null;
}

/** At most five codes on products and the order, and one on shipping beside them. */
function tooMany(discount: Discount, { accepted }: CartFacts): boolean {
  const onShipping = (each: Discount) => discountClass(each) === "shipping";
  const alike = accepted.filter((other) => onShipping(other.discount) === onShipping(discount));
  return alike.length >= (onShipping(discount) ? 1 : MOST_CODES);
}

/** An amount off each item is a product discount, a percentage or one amount an order discount. */
export function discountClass(discount: Discount): "order" | "product" | "shipping" {
  if (discount.value.kind === "free-shipping") return "shipping";
  return discount.value.kind === "amount" && discount.value.onEachItem ? "product" : "order";
}

/** Both discounts must allow the other's class; two codes of one discount are no exception. */
function combine(a: Discount, b: Discount): boolean {
  return a.combinesWith[discountClass(b)] && b.combinesWith[discountClass(a)];
}

function hasUsed(code: RedeemCode, email: string | null): boolean {
  if (email === null) return false;
  return code.usedBy.some((used) => used.trim().toLowerCase() === email.trim().toLowerCase());
}

function meetsMinimum(discount: Discount, cart: CartFacts): boolean {
  if (discount.minimum === null) return true;
  return discount.minimum.kind === "subtotal"
    ? cart.linesTotal >= discount.minimum.minor
    : cart.quantity >= discount.minimum.quantity;
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
