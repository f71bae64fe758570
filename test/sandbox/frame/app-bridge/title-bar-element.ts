import type { TitleBar } from "#test/sandbox/frame/messages.ts";
import { barButton } from "./bar-buttons.ts";
import type { FrameLink } from "./frame-link.ts";

const ACTIONS = "button, a[href]";

export function readTitleBar(element: Element): TitleBar {
  const actions = [...element.querySelectorAll<HTMLElement>(ACTIONS)];
  const withVariant = (variant: string) =>
    actions.find((action) => action.getAttribute("variant") === variant);
  const breadcrumb = withVariant("breadcrumb");
  const primary = withVariant("primary");
  return {
    title: element.getAttribute("title") ?? document.title,
    breadcrumb: breadcrumb ? barButton(breadcrumb) : null,
    primary: primary ? barButton(primary) : null,
    secondary: actions
      .filter((action) => action !== breadcrumb && action !== primary)
      .map(barButton),
  };
}

/** ui-title-bar. Inside a ui-modal it belongs to the modal, which reads it itself. */
export function defineTitleBar(link: FrameLink): void {
  let shown: HTMLElement | null = null;

  const draw = () =>
    link.tell({ kind: "titleBar", bar: shown === null ? null : readTitleBar(shown) });

  customElements.define(
    "ui-title-bar",
    class extends HTMLElement {
      readonly #observer = new MutationObserver(draw);

      connectedCallback(): void {
        this.style.display = "none";
        if (this.closest("ui-modal")) return;
        shown = this;
        this.#observer.observe(this, {
          attributes: true,
          childList: true,
          subtree: true,
          characterData: true,
        });
        draw();
      }

      disconnectedCallback(): void {
        this.#observer.disconnect();
        if (shown !== this) return;
        shown = null;
        draw();
      }
    },
  );
}
