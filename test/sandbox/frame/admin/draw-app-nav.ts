import type { NavItem } from "#test/sandbox/frame/messages.ts";
import { element } from "./element.ts";

/** The app's entries under its name; the one whose path is longest and fits is current. */
export function drawAppNav(items: readonly NavItem[], appPath: string, path: string): void {
  const current = items
    .filter((item) => isWithin(path, pathOf(item)))
    .toSorted((a, b) => pathOf(b).length - pathOf(a).length)[0];
  const views = items.map((item) => {
    const link = document.createElement("a");
    link.href = appPath + item.href;
    link.dataset["appHref"] = item.href;
    link.textContent = item.label;
    if (item === current) link.setAttribute("aria-current", "page");
    const entry = document.createElement("li");
    entry.append(link);
    return entry;
  });
  element("app-nav").replaceChildren(...views);
}

function pathOf(item: NavItem): string {
  return new URL(item.href, "https://app.example").pathname;
}

function isWithin(path: string, base: string): boolean {
  const { pathname } = new URL(path, "https://app.example");
  return pathname === base || pathname.startsWith(`${base}/`);
}
