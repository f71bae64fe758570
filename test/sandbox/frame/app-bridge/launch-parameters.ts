/** What Shopify adds to the address when it opens an app in the admin. */
const PARAMETERS = [
  "embedded",
  "hmac",
  "host",
  "id_token",
  "locale",
  "session",
  "shop",
  "timestamp",
] as const;

const KEPT = "partner-codes-frame-launch";

/** Shop and host come with the first page only; later pages of the same tab remember them. */
export function launchParameters(): { shop: string; host: string; locale: string } {
  const query = new URLSearchParams(window.location.search);
  const kept = new URLSearchParams(sessionStorage.getItem(KEPT) ?? "");
  const value = (name: string) => query.get(name) ?? kept.get(name) ?? "";
  const launch = { shop: value("shop"), host: value("host"), locale: value("locale") || "en" };
  sessionStorage.setItem(KEPT, new URLSearchParams(launch).toString());
  return launch;
}

/** The app's own path, as the admin's address bar shows it. */
export function ownPath(): string {
  const url = new URL(window.location.href);
  for (const name of PARAMETERS) url.searchParams.delete(name);
  return url.pathname + url.search + url.hash;
}
