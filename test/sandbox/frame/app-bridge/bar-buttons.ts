import type { BarButton } from "#test/sandbox/frame/messages.ts";

const pressable = new Map<string, HTMLElement>();
let count = 0;
const ids = new WeakMap<HTMLElement, string>();

/** Describes a button or link of a ui-* element for the frame, which draws it. */
export function barButton(element: HTMLElement): BarButton {
  const id = ids.get(element) ?? `button-${(count += 1)}`;
  ids.set(element, id);
  pressable.set(id, element);
  return {
    id,
    label: element.getAttribute("label") ?? element.textContent?.trim() ?? "",
    disabled: isOn(element, "disabled"),
    loading: isOn(element, "loading"),
    critical: element.getAttribute("tone") === "critical",
  };
}

export function pressedElement(id: string): HTMLElement | null {
  return pressable.get(id) ?? null;
}

/** React writes `loading=""` or `loading="true"`; "false" means off. */
export function isOn(element: Element, attribute: string): boolean {
  const value = element.getAttribute(attribute);
  return value !== null && value !== "false";
}
