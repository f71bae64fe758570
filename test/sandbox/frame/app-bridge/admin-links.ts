import type { FrameLink } from "./frame-link.ts";

/** shopify:admin/orders, shopify://admin/orders and https://admin.shopify.com/store/x/orders. */
const ADMIN_ADDRESSES = [
  /^shopify:(?:\/\/)?admin(\/.*)?$/,
  /^https:\/\/admin\.shopify\.com\/store\/[^/]+(\/.*)?$/,
  /^https:\/\/[^/]+\.myshopify\.com\/admin(\/.*)?$/,
];

/** Links and `open` calls that lead to the admin are followed by the frame. */
export function followAdminLinks(link: FrameLink): void {
  document.addEventListener(
    "click",
    (event) => {
      const anchor = event.target instanceof Element ? event.target.closest("a[href]") : null;
      const path = anchor && adminPath(anchor.getAttribute("href") ?? "");
      if (!anchor || path === null) return;
      event.preventDefault();
      event.stopPropagation();
      link.tell({ kind: "adminPath", path, newTab: anchor.getAttribute("target") === "_blank" });
    },
    true,
  );

  const plainOpen = window.open.bind(window);
  window.open = (url, target, features) => {
    const path = adminPath(String(url ?? ""));
    if (path === null) return plainOpen(url, target, features);
    link.tell({ kind: "adminPath", path, newTab: target === undefined || target === "_blank" });
    return null;
  };
}

function adminPath(address: string): string | null {
  for (const pattern of ADMIN_ADDRESSES) {
    const match = pattern.exec(address);
    if (match) return match[1] ?? "/";
  }
  return null;
}
