import type { BarButton, TitleBar } from "#test/sandbox/frame/messages.ts";
import { pressedElement } from "./bar-buttons.ts";

export interface ModalView {
  content: HTMLElement;
  draw(bar: TitleBar | null, variant: string): void;
  open(): void;
  close(): void;
  remove(): void;
}

const WIDTHS: Record<string, string> = {
  small: "380px",
  base: "620px",
  large: "980px",
  max: "96vw",
};

/**
 * A modal drawn over the app's own page. Shopify draws it in the frame; here the content stays in
 * the app's document, so that its styles and its React tree apply unchanged.
 */
export function createModalView(onDismiss: () => void): ModalView {
  const dialog = document.createElement("dialog");
  dialog.style.cssText =
    "border:0;border-radius:16px;padding:0;max-width:calc(100vw - 32px);max-height:90vh;" +
    "box-shadow:0 20px 20px -8px rgba(26,26,26,.28);font:inherit;color:inherit";
  const header = part("header", "background:#f3f3f3;padding:16px;justify-content:space-between");
  const content = document.createElement("div");
  const footer = part(
    "footer",
    "padding:16px;justify-content:flex-end;border-top:1px solid #ebebeb",
  );
  dialog.append(header, content, footer);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    onDismiss();
  });
  document.body.append(dialog);

  return {
    content,
    draw(bar, variant) {
      dialog.style.width = WIDTHS[variant] ?? "620px";
      const title = document.createElement("strong");
      title.textContent = bar?.title ?? "";
      const dismiss = button("Close", "background:none;border:0;font-size:20px", onDismiss);
      dismiss.textContent = "×";
      dismiss.setAttribute("aria-label", "Close");
      header.replaceChildren(title, dismiss);
      footer.replaceChildren(...footerButtons(bar));
      footer.hidden = footer.childElementCount === 0;
      footer.style.display = footer.hidden ? "none" : "flex";
    },
    open() {
      if (!dialog.open) dialog.showModal();
    },
    close() {
      dialog.close();
    },
    remove() {
      dialog.remove();
    },
  };
}

function footerButtons(bar: TitleBar | null): HTMLElement[] {
  if (bar === null) return [];
  const plain = "background:#fff;border:1px solid #ccc;";
  const strong = "background:#303030;border:1px solid #303030;color:#fff;";
  const view = (action: BarButton, style: string) => {
    const shown = button(action.label, style, () => pressedElement(action.id)?.click());
    shown.disabled = action.disabled || action.loading;
    return shown;
  };
  const secondary = bar.secondary.map((action) => view(action, plain));
  if (bar.primary === null) return secondary;
  const critical = "background:#c70a24;border:1px solid #c70a24;color:#fff;";
  return [...secondary, view(bar.primary, bar.primary.critical ? critical : strong)];
}

function part(tag: "header" | "footer", style: string): HTMLElement {
  const element = document.createElement(tag);
  element.style.cssText = `display:flex;gap:8px;align-items:center;${style}`;
  return element;
}

function button(label: string, style: string, onPress: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = label;
  element.style.cssText = `font:inherit;font-weight:550;padding:6px 12px;border-radius:8px;cursor:pointer;${style}`;
  element.addEventListener("click", onPress);
  return element;
}
