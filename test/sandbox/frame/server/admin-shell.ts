import type { Shop, ShopifyState } from "#test/sandbox/shopify/state.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";

export interface AdminShell {
  state: ShopifyState;
  shop: Shop;
  app: { name: string; handle: string };
  title: string;
  /** The current entry's path below the store: "/orders", or the app's. */
  section: string;
  main: Html;
}

interface NavEntry {
  label: string;
  path: string;
  icon: string;
}

const ENTRIES: NavEntry[] = [
  { label: "Home", path: "", icon: "M3 9.5 10 4l7 5.5V16H3z" },
  { label: "Orders", path: "/orders", icon: "M4 4h12v12H4zM4 11h4v2h4v-2h4" },
  { label: "Products", path: "/products", icon: "M4 10V4h6l6 6-6 6zM7.5 7.5h.01" },
  {
    label: "Discounts",
    path: "/discounts",
    icon: "m5 15 10-10M6.5 7h.01M13.5 13h.01M3 3h14v14H3z",
  },
];

/** /store/NAME, as in admin.shopify.com. */
export function storePath(shop: Shop): string {
  return `/store/${shop.domain.replace(".myshopify.com", "")}`;
}

/** The admin around a page: top bar, navigation, and what goes in the middle. */
export function adminShell(shell: AdminShell): string {
  const { shop, app, title } = shell;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${shop.name}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/admin-frame.css" />
      </head>
      <body>
        <header class="top-bar">
          <button
            class="menu-button"
            type="button"
            aria-label="Navigation"
            onclick="document.body.classList.toggle('nav-open')"
          >
            ☰
          </button>
          <a class="logo" href="${storePath(shop)}">Admin <small>sandbox</small></a>
          <form class="search" action="${storePath(shop)}/orders" role="search">
            <input
              type="search"
              name="query"
              placeholder="Search orders"
              aria-label="Search orders"
            />
          </form>
          ${storeSwitcher(shell)}
          <div class="save-bar" id="save-bar" role="region" aria-label="Unsaved changes" hidden>
            <span>Unsaved changes</span><span id="save-bar-actions"></span>
          </div>
        </header>
        <nav class="side-nav" aria-label="Admin">
          <ul>
            ${ENTRIES.map((entry) => navEntry(shell, entry))}
          </ul>
          <h2>Apps</h2>
          <ul>
            <li>
              <a
                href="${storePath(shop)}/apps/${app.handle}"
                ${shell.section.startsWith("/apps/") && current}
                >${appIcon(app.name)} ${app.name}</a
              >
            </li>
          </ul>
          <ul class="app-nav" id="app-nav"></ul>
        </nav>
        ${shell.main}
      </body>
    </html>`.markup;
}

export function appIcon(name: string): Html {
  return html`<span class="app-icon" aria-hidden="true">${name.charAt(0)}</span>`;
}

const current = html`aria-current="page"`;

function navEntry({ shop, section }: AdminShell, entry: NavEntry): Html {
  return html`<li>
    <a href="${storePath(shop)}${entry.path}" ${section === entry.path && current}>
      <svg class="nav-icon" viewBox="0 0 20 20" aria-hidden="true"><path d="${entry.icon}" /></svg>
      ${entry.label}</a
    >
  </li>`;
}

function storeSwitcher({ state, shop, app }: AdminShell): Html {
  const stores = [...state.shops.values()].map(
    (store) =>
      html`<li>
        <a href="${storePath(store)}/apps/${app.handle}" ${store === shop && current}
          >${initials(store)} ${store.name}</a
        >
      </li>`,
  );
  return html`<details class="stores">
    <summary aria-label="Switch store">
      <span class="store-name">${shop.name}</span> ${initials(shop)}
    </summary>
    <ul>
      ${stores}
    </ul>
  </details>`;
}

function initials(shop: Shop): Html {
  const letters = shop.name.split(/\s+/).map((word) => word.charAt(0).toUpperCase());
  return html`<span class="initials" aria-hidden="true">${letters.slice(0, 2).join("")}</span>`;
}
