import type { TitleBar } from "#test/sandbox/frame/messages.ts";
import { barButtonView } from "./bar-button-view.ts";
import { element } from "./element.ts";

export function drawTitleBar(
  bar: TitleBar | null,
  appName: string,
  press: (button: string) => void,
): void {
  element("title-bar-title").textContent = bar?.title || appName;
  const breadcrumb = bar?.breadcrumb;
  const back = breadcrumb
    ? [barButtonView(breadcrumb, "breadcrumb", () => press(breadcrumb.id))]
    : [];
  element("title-bar-breadcrumb").replaceChildren(...back);

  const secondary = (bar?.secondary ?? []).map((button) =>
    barButtonView(button, "action", () => press(button.id)),
  );
  const primary = bar?.primary;
  const main = primary ? [barButtonView(primary, "action primary", () => press(primary.id))] : [];
  element("title-bar-actions").replaceChildren(...secondary, ...main);
}
