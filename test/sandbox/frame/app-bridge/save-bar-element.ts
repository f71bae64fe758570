import { barButton, isOn } from "./bar-buttons.ts";
import type { SaveBars } from "./save-bars.ts";

/** ui-save-bar: the button with variant primary saves, the other discards. */
export function defineSaveBar(bars: SaveBars): void {
  customElements.define(
    "ui-save-bar",
    class extends HTMLElement {
      readonly #observer = new MutationObserver(() => {
        if (bars.isShown(this)) bars.redraw();
      });

      get showing(): boolean {
        return bars.isShown(this);
      }

      get discardConfirmation(): boolean {
        return isOn(this, "discardconfirmation");
      }

      set discardConfirmation(on: boolean) {
        this.toggleAttribute("discardconfirmation", on);
      }

      connectedCallback(): void {
        this.style.display = "none";
        this.#observer.observe(this, {
          attributes: true,
          childList: true,
          subtree: true,
          characterData: true,
        });
      }

      disconnectedCallback(): void {
        this.#observer.disconnect();
        bars.hide(this);
      }

      async show(): Promise<void> {
        if (this.showing) return;
        bars.show(this, () => this.#read());
        this.dispatchEvent(new CustomEvent("show"));
      }

      async hide(): Promise<void> {
        if (!this.showing) return;
        bars.hide(this);
        this.dispatchEvent(new CustomEvent("hide"));
      }

      toggle(): Promise<void> {
        return this.showing ? this.hide() : this.show();
      }

      #read() {
        const buttons = [...this.querySelectorAll<HTMLElement>("button")];
        const save = buttons.find((button) => button.getAttribute("variant") === "primary");
        const discard = buttons.find((button) => button !== save);
        return {
          save: save ? barButton(save) : null,
          discard: discard ? barButton(discard) : null,
          discardConfirmation: this.discardConfirmation,
        };
      }
    },
  );
}
