import type { Shop } from "#test/sandbox/shopify/state.ts";
import { storePath } from "./admin-shell.ts";
import type { AdminPage } from "./admin-pages.ts";
import { html } from "./html.ts";

export const THEME_EDITOR = "/themes/current/editor";

/** The theme editor's app embeds: a deep link opens it with ours chosen, and Save turns it on. */
export function themeEditorPage(shop: Shop, query: URLSearchParams): AdminPage {
  if (query.has("save")) shop.clickEmbed = { days: 30, parameter: "" };
  const body = shop.clickEmbed
    ? html`<div class="card">Partner click capture is on in the current theme.</div>`
    : html`<div class="card">
        <p>Partner click capture is off in the current theme.</p>
        <a href="${storePath(shop)}${THEME_EDITOR}?${query.toString()}&save=1">Save</a>
      </div>`;
  return { title: "App embeds", body };
}

/** What `shopify.app.extensions()` tells of the app's theme extension: where it is in the published theme. */
export function themeExtension({ clickEmbed }: Shop) {
  const placed = {
    target: "settings_data/click-capture",
    themeId: "gid://shopify/OnlineStoreTheme/1",
  };
  const block = {
    handle: "click-capture",
    name: "Partner click capture",
    target: "body",
    status: clickEmbed ? "active" : "available",
    activations: clickEmbed ? [placed] : [],
  };
  return { handle: "click-capture", type: "theme_app_extension", activations: [block] };
}
