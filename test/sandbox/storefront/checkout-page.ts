import type { Html } from "#test/sandbox/frame/server/html.ts";
import { html } from "#test/sandbox/frame/server/html.ts";
import type { CheckoutPrice } from "#test/sandbox/shopify/checkout/checkout-price.ts";
import type { Shop } from "#test/sandbox/shopify/state.ts";
import { lineName } from "./cart-page.ts";
import { price, shopPath } from "./page-shell.ts";
import type { Shopper } from "./shopper.ts";

/** One form, so that the e-mail is kept whichever button is pressed; Enter applies the code. */
export function checkoutPage(shop: Shop, shopper: Shopper, checkout: CheckoutPrice): Html {
  return html`<h1>Checkout</h1>
    <form class="checkout" method="post" action="${shopPath(shop)}/checkout">
      <section aria-label="Order summary" class="summary">
        <ul class="lines">
          ${checkout.lines.map(
            (line) =>
              html`<li>
                <span>${line.quantity} × ${lineName(line)}</span>
                <span>${price(line.fullPrice, shop)}</span>
              </li>`,
          )}
        </ul>
        ${codeField(checkout, shopper)} ${totals(shop, checkout)}
      </section>
      <section>
        <h2>Contact</h2>
        <label
          >E-mail <input type="email" name="email" value="${shopper.email}" autocomplete="email"
        /></label>
        <h2>Payment</h2>
        <p>This sandbox takes no card: paying places the order at once.</p>
        <button class="pay" name="action" value="pay">Pay ${price(checkout.subtotal, shop)}</button>
      </section>
    </form>`;
}

function codeField(checkout: CheckoutPrice, shopper: Shopper): Html {
  const refused = shopper.refused.map(
    (code) => html`<p class="refusal" role="alert">${code.message}</p>`,
  );
  const applied = checkout.applied.map(
    ({ typed }) =>
      html`<li>
        ${typed.toUpperCase()}
        <button
          class="quiet"
          name="action"
          value="remove ${typed}"
          aria-label="Remove ${typed.toUpperCase()}"
        >
          ×
        </button>
      </li>`,
  );
  return html`<div class="code-field">
      <label
        >Discount code
        <input
          name="code"
          autocomplete="off"
          autocapitalize="characters"
          ${refused.length > 0 && html`aria-invalid="true"`}
      /></label>
      <button name="action" value="apply">Apply</button>
    </div>
    ${refused}
    <ul class="codes" aria-label="Applied codes">
      ${applied}
    </ul>`;
}

function totals(shop: Shop, checkout: CheckoutPrice): Html {
  const discounts = checkout.applied.map(
    ({ typed, minor }) =>
      html`<p><span>Discount ${typed.toUpperCase()}</span> <span>−${price(minor, shop)}</span></p>`,
  );
  return html`<div class="totals">
    <p><span>Subtotal</span> <span>${price(checkout.linesTotal, shop)}</span></p>
    ${discounts}
    <p><span>Shipping</span> <span>Free</span></p>
    <p class="total">
      <strong>Total</strong> <strong>${shop.currency} ${price(checkout.subtotal, shop)}</strong>
    </p>
  </div>`;
}
