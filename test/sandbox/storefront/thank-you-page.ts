import type { Html } from "#test/sandbox/frame/server/html.ts";
import { html } from "#test/sandbox/frame/server/html.ts";
import type { Shop, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { shopPath } from "./page-shell.ts";

export function thankYouPage(shop: Shop, order: StoredOrder): Html {
  const { payload } = order;
  const codes = payload["discount_codes"] as { code: string; amount: string }[];
  return html`<h1>Thank you! Your order is ${order.name}</h1>
    <p>${payload["email"] ? `A confirmation goes to ${String(payload["email"])}.` : null}</p>
    <p>You paid ${String(payload["total_price"])} ${shop.currency}.</p>
    ${codes.map(({ code, amount }) => html`<p>${code.toUpperCase()} saved you ${amount} ${shop.currency}.</p>`)}
    <p><a class="button" href="${shopPath(shop)}/">Continue shopping</a></p>`;
}
