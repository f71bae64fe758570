import type { FrameLink } from "./frame-link.ts";
import { followLink, loadPage } from "./navigate-within.ts";

const LINKS = "a[href], s-link[href]";

/** ui-nav-menu and s-app-nav: the app's own entries in the admin's navigation. */
export function defineNavMenu(link: FrameLink): void {
  const shown = new Set<HTMLElement>();

  function draw(): void {
    const items = links()
      .filter((entry) => entry.getAttribute("rel") !== "home")
      .map((entry) => ({
        label: entry.textContent?.trim() ?? "",
        href: entry.getAttribute("href") ?? "",
      }));
    link.tell({ kind: "nav", items });
  }

  function links(): HTMLElement[] {
    return [...shown].flatMap((menu) => [...menu.querySelectorAll<HTMLElement>(LINKS)]);
  }

  link.listen((message) => {
    if (message.kind !== "navigate") return;
    const entry = links().find((candidate) => candidate.getAttribute("href") === message.href);
    if (entry) followLink(entry);
    else loadPage(message.href);
  });

  const element = () =>
    class extends HTMLElement {
      readonly #observer = new MutationObserver(draw);

      connectedCallback(): void {
        this.style.display = "none";
        shown.add(this);
        this.#observer.observe(this, { childList: true, subtree: true, characterData: true });
        draw();
      }

      disconnectedCallback(): void {
        this.#observer.disconnect();
        shown.delete(this);
        draw();
      }
    };
  customElements.define("ui-nav-menu", element());
  customElements.define("s-app-nav", element());
}
