import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect, useState } from "react";
import type { PartState } from "./part.tsx";

const BLOCK = "click-capture";
/** Only those of themes say more than where they stand. */
interface Block {
  target: string;
  handle?: string;
  activations?: unknown[];
}
type Extension = Awaited<ReturnType<typeof shopify.app.extensions>>[number];

/**
 * Whether the published theme shows the app embed, as only Shopify's admin knows: of other themes it tells
 * nothing (shopify.dev, App API: “activation data is sourced from the store's published theme only”).
 */
export function useEmbedState(): PartState {
  const bridge = useAppBridge();
  const [state, setState] = useState<PartState>("unknown");
  useEffect(() => {
    bridge.app.extensions().then(
      (extensions) => setState(extensions.some(isOn) ? "on" : "off"),
      () => setState("unknown"),
    );
  }, [bridge]);
  return state;
}

function isOn({ type, activations }: Extension): boolean {
  if (type !== "theme_app_extension") return false;
  const blocks: Block[] = activations;
  return blocks.some(
    ({ handle, activations: places = [] }) => handle === BLOCK && places.length > 0,
  );
}
