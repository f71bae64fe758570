import type { SaveBar } from "#test/sandbox/frame/messages.ts";
import { askMerchant } from "./ask-merchant.ts";
import { barButtonView } from "./bar-button-view.ts";
import { element } from "./element.ts";

export function drawSaveBar(bar: SaveBar | null, press: (button: string) => void): void {
  element("save-bar").hidden = bar === null;
  if (bar === null) return;
  const { save, discard } = bar;
  const views = [];
  if (discard) {
    const label = { ...discard, label: discard.label || "Discard" };
    views.push(barButtonView(label, "on-dark", () => void pressDiscard(bar, press)));
  }
  if (save) {
    const label = { ...save, label: save.label || "Save" };
    views.push(barButtonView(label, "on-dark primary", () => press(save.id)));
  }
  element("save-bar-actions").replaceChildren(...views);
}

async function pressDiscard(bar: SaveBar, press: (button: string) => void): Promise<void> {
  const sure =
    !bar.discardConfirmation ||
    (await askMerchant({
      title: "Discard all unsaved changes",
      text: "If you discard changes, you'll delete any edits you made since you last saved.",
      confirm: "Discard changes",
      cancel: "Continue editing",
    }));
  if (sure && bar.discard) press(bar.discard.id);
}
