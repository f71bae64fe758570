import { followAdminLinks } from "./admin-links.ts";
import { authenticateFetch } from "./authenticated-fetch.ts";
import { pressedElement } from "./bar-buttons.ts";
import { createFrameLink } from "./frame-link.ts";
import { defineModal } from "./modal-element.ts";
import { defineNavMenu } from "./nav-menu-element.ts";
import { followLink, watchForRouter } from "./navigate-within.ts";
import { reportLocation } from "./report-location.ts";
import { defineSaveBar } from "./save-bar-element.ts";
import { watchSaveBarForms } from "./save-bar-forms.ts";
import { createSaveBars } from "./save-bars.ts";
import { shopifyGlobal } from "./shopify-global.ts";
import { defineTitleBar } from "./title-bar-element.ts";

/**
 * Stands in for https://cdn.shopify.com/shopifycloud/app-bridge.js. Like the real one it is a
 * classic script, the first of the page, and ready when it has run.
 */
function startAppBridge(script: HTMLScriptElement): void {
  const frameOrigin = new URL(script.src).origin;
  const link = createFrameLink(frameOrigin);
  const bridge = shopifyGlobal(script.dataset["apiKey"] ?? "", frameOrigin, link);
  Object.assign(window, { shopify: bridge });

  const reload = new URLSearchParams(window.location.search).get("shopify-reload");
  if (reload !== null) {
    void reloadWithToken(reload, bridge.idToken);
    return;
  }
  authenticateFetch(bridge.idToken);
  // What the page before this one had drawn.
  link.tell({ kind: "titleBar", bar: null });
  link.tell({ kind: "saveBar", bar: null });
  link.tell({ kind: "loading", on: false });
  watchForRouter();
  reportLocation(link);
  followAdminLinks(link);

  const saveBars = createSaveBars(link);
  defineNavMenu(link);
  defineTitleBar(link);
  defineSaveBar(saveBars);
  defineModal();
  watchSaveBarForms(saveBars);
  link.listen((message) => {
    if (message.kind !== "press") return;
    const element = pressedElement(message.button);
    if (element?.matches("a[href]")) followLink(element);
    else element?.click();
  });
}

/** The app's bounce page (`/auth/session-token`) holds only this script: fetch a token, go back. */
async function reloadWithToken(reload: string, idToken: () => Promise<string>): Promise<void> {
  const url = new URL(reload, window.location.href);
  if (url.origin !== window.location.origin) return;
  url.searchParams.set("id_token", await idToken());
  window.location.replace(url);
}

// Outside the frame (the app opened by itself) the real script does nothing useful either.
if (document.currentScript instanceof HTMLScriptElement && window.parent !== window) {
  startAppBridge(document.currentScript);
}
