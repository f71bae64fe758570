import type { BarButton } from "#test/sandbox/frame/messages.ts";

export function barButtonView(
  button: BarButton,
  className: string,
  onPress: () => void,
): HTMLButtonElement {
  const view = document.createElement("button");
  view.type = "button";
  view.className = button.critical ? `${className} critical` : className;
  view.textContent = button.label;
  view.disabled = button.disabled || button.loading;
  view.toggleAttribute("aria-busy", button.loading);
  view.addEventListener("click", onPress);
  return view;
}
