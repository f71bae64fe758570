import type { Html } from "#test/sandbox/frame/server/html.ts";
import { html } from "#test/sandbox/frame/server/html.ts";
import type { CheckoutPrice, PricedLine } from "#test/sandbox/shopify/checkout/checkout-price.ts";
import type { Shop } from "#test/sandbox/shopify/state.ts";
import { price, shopPath } from "./page-shell.ts";

export function cartPage(shop: Shop, checkout: CheckoutPrice): Html {
  if (checkout.lines.length === 0) {
    return html`<h1>Your cart is empty</h1>
      <p><a class="button" href="${shopPath(shop)}/">Continue shopping</a></p>`;
  }
  return html`<h1>Your cart</h1>
    <ul class="lines">
      ${checkout.lines.map((line) => cartLine(shop, line))}
    </ul>
    <p class="total"><span>Subtotal</span> <strong>${price(checkout.linesTotal, shop)}</strong></p>
    <p><a class="button" href="${shopPath(shop)}/checkout">Check out</a></p>`;
}

function cartLine(shop: Shop, line: PricedLine): Html {
  return html`<li>
    <span>${lineName(line)}</span>
    <form method="post" action="${shopPath(shop)}/cart/change">
      <input type="hidden" name="variant" value="${line.variant.id}" />
      <input
        type="number"
        name="quantity"
        min="0"
        max="99"
        value="${line.quantity}"
        aria-label="Quantity of ${lineName(line)}"
      />
      <button class="quiet">Update</button>
    </form>
    <span>${price(line.fullPrice, shop)}</span>
  </li>`;
}

export function lineName({ product, variant }: PricedLine): string {
  return variant.title === "Default Title" ? product.title : `${product.title}, ${variant.title}`;
}
