import type { Toast } from "#test/sandbox/frame/messages.ts";
import { element } from "./element.ts";

export function showToast(toast: Toast, tell: (event: "action" | "dismiss") => void): void {
  const view = document.createElement("div");
  view.className = toast.isError ? "toast error" : "toast";
  view.dataset["toast"] = toast.id;
  const text = document.createElement("span");
  text.textContent = toast.message;
  view.append(text);

  const end = (event: "action" | "dismiss") => {
    if (!view.isConnected) return;
    view.remove();
    tell(event);
  };
  if (toast.action !== null) view.append(toastButton(toast.action, () => end("action")));
  const close = toastButton("×", () => end("dismiss"));
  close.setAttribute("aria-label", "Dismiss");
  view.append(close);
  element("toasts").append(view);
  setTimeout(() => end("dismiss"), toast.durationMs);
}

export function hideToast(id: string): void {
  document.querySelector(`[data-toast="${CSS.escape(id)}"]`)?.remove();
}

function toastButton(label: string, onPress: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.addEventListener("click", onPress);
  return button;
}
