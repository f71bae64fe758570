import type { ModalView } from "./modal-view.ts";
import { createModalView } from "./modal-view.ts";
import { readTitleBar } from "./title-bar-element.ts";

/** ui-modal. React puts the children into `content`; a title bar inside gives title and actions. Modals with `src` are not here. */
export function defineModal(): void {
  customElements.define(
    "ui-modal",
    class extends HTMLElement {
      #view: ModalView | null = null;
      #shown = false;
      readonly #observer = new MutationObserver(() => this.#draw());

      get content(): HTMLElement {
        return this.#ready().content;
      }

      get variant(): string {
        return this.getAttribute("variant") ?? "base";
      }

      connectedCallback(): void {
        this.style.display = "none";
        this.#observer.observe(this, { attributes: true, childList: true, subtree: true });
      }

      disconnectedCallback(): void {
        this.#observer.disconnect();
        this.#view?.remove();
        this.#view = null;
        this.#shown = false;
      }

      async show(): Promise<void> {
        if (this.#shown) return;
        this.#shown = true;
        const view = this.#ready();
        this.#draw();
        view.open();
        this.dispatchEvent(new CustomEvent("show"));
      }

      async hide(): Promise<void> {
        if (!this.#shown) return;
        this.#shown = false;
        this.#view?.close();
        this.dispatchEvent(new CustomEvent("hide"));
      }

      toggle(): Promise<void> {
        return this.#shown ? this.hide() : this.show();
      }

      #ready(): ModalView {
        this.#view ??= createModalView(() => void this.hide());
        return this.#view;
      }

      #draw(): void {
        const bar = this.querySelector("ui-title-bar");
        this.#view?.draw(bar ? readTitleBar(bar) : null, this.variant);
      }
    },
  );
}
