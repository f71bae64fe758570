import type { Discount, Shop } from "#test/sandbox/shopify/state.ts";
import { allocate } from "./allocate.ts";
import type {
  AppliedCode,
  CartLine,
  CheckoutPrice,
  PricedLine,
  RefusedCode,
} from "./checkout-price.ts";
import { lineRemainder } from "./checkout-price.ts";
import { fractionOf } from "./fraction-of.ts";
import { legacyId } from "#test/sandbox/shopify/admin/global-id.ts";
import type { CartFacts, CodeInCart } from "./refuse-code.ts";
import { discountClass, entitledLines, refusalReason, refuseCode } from "./refuse-code.ts";

export interface Cart {
  lines: CartLine[];
  codes: string[];
  customer: { email: string } | null;
  now: Date;
  /** Price of the shipping chosen; 0 unless given. */
  shippingMinor?: number;
}

export function priceCheckout(shop: Shop, cart: Cart): CheckoutPrice {
  const lines = cart.lines.map((line) => pricedLine(shop, line));
  const linesTotal = lines.reduce((sum, line) => sum + line.fullPrice, 0);
  const { accepted, refused } = judgeCodes(shop, cart, lines);
  const applied = applyDiscounts(shop, accepted, lines, cart.shippingMinor ?? 0);
  const discountTotal = applied.reduce((sum, code) => sum + code.minor, 0);
  return {
    lines,
    applied,
    refused,
    linesTotal,
    discountTotal,
    subtotal: lines.reduce((sum, line) => sum + lineRemainder(line), 0),
  };
}

/** A line at full price; throws for what the shop does not sell. */
export function pricedLine(shop: Shop, line: CartLine): PricedLine {
  if (!Number.isInteger(line.quantity) || line.quantity < 1) {
    throw new Error(`A cart line needs a quantity of 1 or more, not ${line.quantity}.`);
  }
  for (const product of shop.products) {
    const variant = product.variants.find((v) => legacyId(v.id) === legacyId(line.variantId));
    if (variant) {
      const fullPrice = variant.price * line.quantity;
      return { product, variant, quantity: line.quantity, fullPrice, allocations: [] };
    }
  }
  throw new Error(`${shop.domain} sells no variant ${line.variantId}.`);
}

function judgeCodes(shop: Shop, cart: Cart, lines: PricedLine[]) {
  const accepted: CodeInCart[] = [];
  const refused: RefusedCode[] = [];
  const facts: CartFacts = {
    shop,
    email: cart.customer?.email ?? null,
    now: cart.now,
    lines,
    accepted,
  };
  for (const typed of cart.codes.map((code) => code.trim()).filter((code) => code !== "")) {
    const redeemCode = shop.codes.get(typed.toUpperCase());
    const discount = redeemCode && shop.discounts.get(redeemCode.discountId);
    if (!discount) {
      refused.push(refuseCode(typed, "unknown", facts));
      continue;
    }
    const entry = { typed, redeemCode, discount };
    const reason = refusalReason(entry, facts);
    if (reason) refused.push(refuseCode(typed, reason, facts));
    else accepted.push(entry);
  }
  return { accepted, refused };
}

/**
 * Product discounts come first. Every order percentage is then taken from the same subtotal, so
 * two of 10 % are 20 % (help.shopify.com, "Discount combinations").
 */
function applyDiscounts(
  shop: Shop,
  accepted: CodeInCart[],
  cartLines: PricedLine[],
  shippingMinor: number,
): AppliedCode[] {
  const lines = cartLines.filter(({ product }) => !product.giftCard);
  const applied = accepted.map((entry) => ({ ...entry, minor: 0 }));
  applied.forEach((code, application) => {
    const { discount } = code;
    if (discountClass(discount) === "shipping") code.minor = shippingOff(discount, shippingMinor);
    if (discountClass(discount) !== "product") return;
    discountProducts(code, application, entitledLines(shop, discount, lines));
  });
  const subtotal = lines.reduce((sum, line) => sum + lineRemainder(line), 0);
  applied.forEach((code, application) => {
    if (discountClass(code.discount) === "order") {
      discountAcross(code, application, lines, subtotal);
    }
  });
  return applied;
}

function shippingOff({ value }: Discount, shippingMinor: number): number {
  const most = value.kind === "free-shipping" ? (value.mostMinor ?? Infinity) : Infinity;
  return shippingMinor <= most ? shippingMinor : 0;
}

function discountProducts(code: AppliedCode, application: number, lines: PricedLine[]): void {
  const { value } = code.discount;
  if (value.kind !== "amount" || !value.onEachItem) {
    const subtotal = lines.reduce((sum, line) => sum + lineRemainder(line), 0);
    discountAcross(code, application, lines, subtotal);
    return;
  }
  for (const line of lines) {
    const minor = Math.min(value.minor * line.quantity, lineRemainder(line));
    takeOff(code, application, line, minor);
  }
}

function discountAcross(
  code: AppliedCode,
  application: number,
  lines: PricedLine[],
  subtotal: number,
): void {
  const { value } = code.discount;
  if (value.kind === "free-shipping") return;
  const remainders = lines.map(lineRemainder);
  const wanted = value.kind === "percentage" ? fractionOf(subtotal, value.fraction) : value.minor;
  const total = Math.min(
    wanted,
    remainders.reduce((sum, rest) => sum + rest, 0),
  );
  allocate(total, remainders).forEach((minor, index) => {
    const line = lines[index];
    if (line) takeOff(code, application, line, minor);
  });
}

function takeOff(code: AppliedCode, application: number, line: PricedLine, minor: number): void {
  if (minor === 0) return;
  line.allocations.push({ application, minor });
  code.minor += minor;
}
