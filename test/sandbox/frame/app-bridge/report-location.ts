import type { FrameLink } from "./frame-link.ts";
import { ownPath } from "./launch-parameters.ts";

/** Keeps the admin's address bar in step with the app. */
export function reportLocation(link: FrameLink): void {
  const report = () => link.tell({ kind: "location", path: ownPath(), title: document.title });

  for (const method of ["pushState", "replaceState"] as const) {
    const original = window.history[method].bind(window.history);
    window.history[method] = (state: unknown, unused: string, url?: string | URL | null) => {
      original(state, unused, url);
      report();
    };
  }
  window.addEventListener("popstate", report);
  window.addEventListener("hashchange", report);
  report();
}
