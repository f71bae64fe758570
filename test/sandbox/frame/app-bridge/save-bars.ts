import type { SaveBar } from "#test/sandbox/frame/messages.ts";
import type { FrameLink } from "./frame-link.ts";

export interface SaveBars {
  /** The bar most recently shown is the one the frame draws. */
  show(owner: object, bar: () => SaveBar): void;
  hide(owner: object): void;
  redraw(): void;
  isShown(owner: object): boolean;
}

export function createSaveBars(link: FrameLink): SaveBars {
  const bars = new Map<object, () => SaveBar>();

  function redraw(): void {
    const bar = [...bars.values()].at(-1);
    link.tell({ kind: "saveBar", bar: bar ? bar() : null });
  }

  return {
    redraw,
    show(owner, bar) {
      bars.set(owner, bar);
      redraw();
    },
    hide(owner) {
      if (bars.delete(owner)) redraw();
    },
    isShown: (owner) => bars.has(owner),
  };
}
