import type { FrameMethod, ToApp, ToFrame } from "#test/sandbox/frame/messages.ts";
import { envelope, opened } from "#test/sandbox/frame/messages.ts";

type FromFrame = Exclude<ToApp, { kind: "answer" }>;

export interface FrameLink {
  tell(message: ToFrame): void;
  ask(method: FrameMethod, argument?: unknown): Promise<unknown>;
  listen(listener: (message: FromFrame) => void): void;
}

/** Speaks to the frame that holds this page, and to no other window. */
export function createFrameLink(frameOrigin: string): FrameLink {
  const waiting = new Map<string, (value: unknown) => void>();
  const listeners: ((message: FromFrame) => void)[] = [];
  const tell = (message: ToFrame) => window.parent.postMessage(envelope(message), frameOrigin);

  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || event.origin !== frameOrigin) return;
    const message = opened<ToApp>(event.data);
    if (message?.kind === "answer") {
      waiting.get(message.id)?.(message.value);
      waiting.delete(message.id);
    } else if (message) {
      for (const listener of listeners) listener(message);
    }
  });

  return {
    tell,
    ask(method, argument = null) {
      const id = crypto.randomUUID();
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        tell({ kind: "call", id, method, argument });
      });
    },
    listen(listener) {
      listeners.push(listener);
    },
  };
}
