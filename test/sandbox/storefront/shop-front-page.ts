import type { Html } from "#test/sandbox/frame/server/html.ts";
import { html } from "#test/sandbox/frame/server/html.ts";
import type { Product, Shop } from "#test/sandbox/shopify/state.ts";
import { price, shopPath } from "./page-shell.ts";

export function shopFrontPage(shop: Shop): Html {
  return html`<h1>${shop.name}</h1>
    <ul class="products">
      ${shop.products.map((product) => productCard(shop, product))}
    </ul>`;
}

function productCard(shop: Shop, product: Product): Html {
  const prices = product.variants.map((variant) => variant.price);
  return html`<li>
    <form method="post" action="${shopPath(shop)}/cart/add">
      <div class="picture" aria-hidden="true">${product.title.charAt(0)}</div>
      <h2>${product.title}</h2>
      <p>${product.productType}, ${price(Math.min(...prices), shop)}</p>
      ${variantChoice(shop, product)}
      <button>Add to cart</button>
      <button class="quiet" formaction="${shopPath(shop)}/buy-now">Buy it now</button>
    </form>
  </li>`;
}

function variantChoice(shop: Shop, product: Product): Html {
  const [only] = product.variants;
  if (only && product.variants.length === 1) {
    return html`<input type="hidden" name="variant" value="${only.id}" />`;
  }
  const options = product.variants.map(
    (variant) =>
      html`<option value="${variant.id}">${variant.title}, ${price(variant.price, shop)}</option>`,
  );
  return html`<select name="variant" aria-label="${product.title}: variant">
    ${options}
  </select>`;
}
