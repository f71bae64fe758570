import { barButton } from "./bar-buttons.ts";
import type { SaveBars } from "./save-bars.ts";

/** Forms with `data-save-bar` show the bar by themselves as soon as something in them changes. */
export function watchSaveBarForms(bars: SaveBars): void {
  const formOf = (event: Event) =>
    event.target instanceof Element
      ? event.target.closest<HTMLFormElement>("form[data-save-bar]")
      : null;

  function onChange(event: Event): void {
    const form = formOf(event);
    if (!form || bars.isShown(form)) return;
    const save = proxyButton("Save", () => form.requestSubmit());
    const discard = proxyButton("Discard", () => form.reset());
    const discardConfirmation = form.hasAttribute("data-discard-confirmation");
    bars.show(form, () => ({
      save: barButton(save),
      discard: barButton(discard),
      discardConfirmation,
    }));
  }

  function onSettled(event: Event): void {
    const form = formOf(event);
    if (form) bars.hide(form);
  }

  document.addEventListener("input", onChange, true);
  document.addEventListener("change", onChange, true);
  document.addEventListener("submit", onSettled, true);
  document.addEventListener("reset", onSettled, true);
}

function proxyButton(label: string, onPress: () => void): HTMLElement {
  const button = document.createElement("button");
  button.textContent = label;
  button.addEventListener("click", onPress);
  return button;
}
