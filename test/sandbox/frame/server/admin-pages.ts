import { currencyAmount } from "#test/sandbox/shopify/checkout/currency-amount.ts";
import type { Discount, Shop, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { storePath } from "./admin-shell.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";

export interface AdminPage {
  title: string;
  body: Html;
}

/** The admin's own pages, read from the stand-in's state; null where it has none. */
export function adminPage(shop: Shop, path: string, query: string): AdminPage | null {
  const orderId = /^\/orders\/(\d+)$/.exec(path)?.[1];
  if (orderId !== undefined) return orderPage(shop, orderId);
  switch (path) {
    case "":
      return homePage(shop);
    case "/orders":
      return { title: "Orders", body: orderTable(shop, ordersMatching(shop, query)) };
    case "/products":
      return { title: "Products", body: productTable(shop) };
    case "/discounts":
      return { title: "Discounts", body: discountTable(shop) };
    default:
      return null;
  }
}

function homePage(shop: Shop): AdminPage {
  const body = html`<div class="card">
      ${shop.domain} sells in ${shop.currency} and has ${shop.orders.length} orders,
      ${shop.discounts.size} discounts and ${shop.codes.size} codes.
    </div>
    ${orderTable(shop, shop.orders.slice(-5))}`;
  return { title: shop.name, body };
}

function ordersMatching(shop: Shop, query: string): StoredOrder[] {
  const wanted = query.trim().toUpperCase();
  return shop.orders.filter((order) =>
    [order.name, ...codesOf(order)].some((text) => text.toUpperCase().includes(wanted)),
  );
}

function codesOf(order: StoredOrder): string[] {
  const codes = order.payload["discount_codes"] as { code: string }[];
  return codes.map(({ code }) => code);
}

function orderTable(shop: Shop, orders: StoredOrder[]): Html {
  const rows = orders.toReversed().map(
    (order) =>
      html`<tr>
        <td><a href="${storePath(shop)}/orders/${order.id}">${order.name}</a></td>
        <td>${String(order.payload["created_at"])}</td>
        <td>${String(order.payload["email"]) || "No customer"}</td>
        <td>${codesOf(order).join(", ")}</td>
        <td class="number">${String(order.payload["total_price"])} ${shop.currency}</td>
      </tr>`,
  );
  return table(["Order", "Date", "Customer", "Discount codes"], ["Total"], rows);
}

function orderPage(shop: Shop, id: string): AdminPage | null {
  const order = shop.orders.find((candidate) => candidate.id === id);
  if (!order) return null;
  const json = JSON.stringify(order.payload, null, 2);
  return { title: `Order ${order.name}`, body: html`<div class="card"><pre>${json}</pre></div>` };
}

function productTable(shop: Shop): Html {
  const rows = shop.products.flatMap((product) =>
    product.variants.map(
      (variant) =>
        html`<tr>
          <td>${product.title}</td>
          <td>${variant.title}</td>
          <td>${variant.sku}</td>
          <td>${product.productType}</td>
          <td class="number">${currencyAmount(variant.price, shop.currency)} ${shop.currency}</td>
        </tr>`,
    ),
  );
  return table(["Product", "Variant", "SKU", "Type"], ["Price"], rows);
}

function discountTable(shop: Shop): Html {
  const rows = [...shop.discounts.values()].map((discount) => {
    const codes = [...shop.codes.values()].filter((code) => code.discountId === discount.id);
    const uses = codes.reduce((sum, code) => sum + code.timesUsed, 0);
    return html`<tr>
      <td>${discount.title}</td>
      <td>${valueOf(discount, shop)}</td>
      <td>${someOf(codes.map(({ code }) => code))}</td>
      <td class="number">${codes.length}</td>
      <td class="number">${uses}</td>
    </tr>`;
  });
  return table(["Discount", "Value", "Codes"], ["Code count", "Used"], rows);
}

function valueOf({ value }: Discount, shop: Shop): string {
  if (value.kind === "free-shipping") return "Free shipping";
  if (value.kind === "percentage") return `${Number((value.fraction * 100).toFixed(2))} %`;
  return `${currencyAmount(value.minor, shop.currency)} ${shop.currency}`;
}

function someOf(codes: string[]): string {
  const shown = codes.slice(0, 3).join(", ");
  return codes.length > 3 ? `${shown} and ${codes.length - 3} more` : shown;
}

function table(columns: string[], numbers: string[], rows: Html[]): Html {
  const width = columns.length + numbers.length;
  return html`<div class="card table">
    <table>
      <thead>
        <tr>
          ${columns.map((name) => html`<th>${name}</th>`)}
          ${numbers.map((name) => html`<th class="number">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${
          rows.length > 0
            ? rows
            : html`<tr>
                <td colspan="${width}">None yet.</td>
              </tr>`
        }
      </tbody>
    </table>
  </div>`;
}
