import type { NavItem, SaveBar, ToApp, ToFrame } from "#test/sandbox/frame/messages.ts";
import { envelope, opened } from "#test/sandbox/frame/messages.ts";
import { askMerchant } from "./ask-merchant.ts";
import { drawAppNav } from "./draw-app-nav.ts";
import { drawSaveBar } from "./draw-save-bar.ts";
import { drawTitleBar } from "./draw-title-bar.ts";
import { element } from "./element.ts";
import type { FrameConfig } from "./frame-config.ts";
import { pickResources } from "./pick-resources.ts";
import { hideToast, showToast } from "./show-toast.ts";

const config = JSON.parse(element("frame-config").textContent ?? "") as FrameConfig;
const iframe = element<HTMLIFrameElement>("app-iframe");
let navItems: NavItem[] = [];
let saveBar: SaveBar | null = null;
let path = window.location.pathname.slice(config.appPath.length) || "/app";

const tell = (message: ToApp) =>
  iframe.contentWindow?.postMessage(envelope(message), config.appOrigin);
const press = (button: string) => tell({ kind: "press", button });

function receive(message: ToFrame): void {
  switch (message.kind) {
    case "call":
      void answer(message).then((value) => tell({ kind: "answer", id: message.id, value }));
      return;
    case "location":
      path = message.path;
      window.history.replaceState(null, "", config.appPath + message.path);
      document.title = `${message.title || config.appName} · ${config.storeName}`;
      drawAppNav(navItems, config.appPath, path);
      return;
    case "nav":
      navItems = message.items;
      drawAppNav(navItems, config.appPath, path);
      return;
    case "titleBar":
      drawTitleBar(message.bar, config.appName, press);
      return;
    case "saveBar":
      saveBar = message.bar;
      drawSaveBar(saveBar, press);
      return;
    case "toast": {
      const { id } = message.toast;
      showToast(message.toast, (event) => tell({ kind: "toastEvent", id, event }));
      return;
    }
    case "hideToast":
      hideToast(message.id);
      return;
    case "loading":
      element("loading").hidden = !message.on;
      return;
    case "adminPath":
      void openAdmin(config.storePath + message.path, message.newTab);
  }
}

async function answer({ method, argument }: ToFrame & { kind: "call" }): Promise<unknown> {
  switch (method) {
    case "idToken":
      return (await fetch(`${config.storePath}/session-token`)).text();
    case "leaveConfirmation":
      // A merchant who stays leaves the promise open, as in Shopify.
      return (await mayLeave()) ? null : new Promise(() => {});
    case "resourcePicker":
      return pickResources(argument, config.storePath);
    case "scopes":
      return scopesOf("");
    case "requestScopes":
      return requestScopes(argument as string[]);
    case "extensions":
      return config.extensions;
    case "user":
      return { accountAccess: "account-owner" };
  }
}

async function scopesOf(query: string): Promise<{ granted: string[] }> {
  const answer = await fetch(`${config.storePath}/scopes.json${query}`);
  return (await answer.json()) as { granted: string[] };
}

async function requestScopes(asked: string[]): Promise<unknown> {
  const before = await scopesOf("");
  const isGranted = asked.every((scope) => before.granted.includes(scope));
  if (isGranted) return { result: "granted-all", detail: before };
  const mayHave = await askMerchant({
    title: `${config.appName} asks for more access`,
    text: asked.join(", "),
    confirm: "Update",
    cancel: "Cancel",
  });
  if (!mayHave) return { result: "declined-all", detail: before };
  return { result: "granted-all", detail: await scopesOf(`?grant=${asked.join()}`) };
}

async function mayLeave(): Promise<boolean> {
  if (saveBar === null) return true;
  return askMerchant({
    title: "Leave page with unsaved changes?",
    text: "Leaving this page will delete all unsaved changes.",
    confirm: "Leave page",
    cancel: "Stay",
  });
}

async function openAdmin(href: string, newTab: boolean): Promise<void> {
  if (newTab) window.open(href, "_blank");
  else if (await mayLeave()) window.location.assign(href);
}

async function followNav(link: HTMLAnchorElement): Promise<void> {
  document.body.classList.remove("nav-open");
  const { appHref } = link.dataset;
  if (appHref === undefined) await openAdmin(link.href, false);
  else if (await mayLeave()) tell({ kind: "navigate", href: appHref });
}

window.addEventListener("message", (event) => {
  if (event.source !== iframe.contentWindow || event.origin !== config.appOrigin) return;
  const message = opened<ToFrame>(event.data);
  if (message) receive(message);
});

document.addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey || !(event.target instanceof Element)) return;
  const link = event.target.closest<HTMLAnchorElement>("a[href]");
  if (!link) return;
  event.preventDefault();
  void followNav(link);
});

// The app was told its address by the server; from here on it has a listener.
iframe.src = iframe.dataset["src"] ?? "";
