import type { IncomingMessage } from "node:http";
import type { CheckoutPrice } from "#test/sandbox/shopify/checkout/checkout-price.ts";
import { priceCheckout } from "#test/sandbox/shopify/checkout/price-checkout.ts";
import { placeOrder } from "#test/sandbox/shopify/orders/place-order.ts";
import type { Shop, ShopifyState, StoredOrder } from "#test/sandbox/shopify/state.ts";
import type { Shopper } from "./shopper.ts";
import { landingOf } from "./visit-cookies.ts";

export function linesAtCheckout({ boughtNow, lines }: Shopper): Shopper["lines"] {
  return boughtNow ?? lines;
}

export function priceFor(state: ShopifyState, shop: Shop, shopper: Shopper): CheckoutPrice {
  return priceCheckout(shop, {
    lines: linesAtCheckout(shopper),
    codes: shopper.codes,
    customer: customerOf(shopper),
    now: state.clock.now(),
  });
}

/** Keeps the codes that hold and notes why the others do not. */
export function applyCodes(state: ShopifyState, shop: Shop, shopper: Shopper): void {
  const checkout = priceFor(state, shop, shopper);
  shopper.refused = checkout.refused;
  shopper.codes = checkout.applied.map(({ typed }) => typed);
}

/** The order, or null when a code turned out not to hold: then nothing is charged. */
export function pay(
  state: ShopifyState,
  shop: Shop,
  shopper: Shopper,
  request: IncomingMessage,
): StoredOrder | null {
  applyCodes(state, shop, shopper);
  const lines = linesAtCheckout(shopper);
  if (shopper.refused.length > 0 || lines.length === 0) return null;
  const customer = customerOf(shopper);
  const order = placeOrder(state, shop, {
    lines,
    codes: shopper.codes,
    ...(customer && { customer }),
    landingUrl: landingOf(request),
    cartAttributes: shopper.boughtNow ? {} : shopper.attributes,
  });
  if (!shopper.boughtNow) {
    // The next cart is a new one.
    shopper.lines = [];
    shopper.attributes = {};
  }
  shopper.boughtNow = null;
  shopper.codes = [];
  return order;
}

function customerOf({ email }: Shopper): { email: string } | null {
  return email === "" ? null : { email };
}
