/** The strict sandbox: a worker that has no DOM, and the page's cookies only by asking. */
interface Start {
  kind: "start";
  script: string;
  settings: unknown;
  init: unknown;
  event: { name: string };
}
interface Answer {
  kind: "answer";
  id: number;
  value: string;
}
type Listener = (event: unknown) => unknown;

const scope = globalThis as unknown as {
  importScripts?: (url: string) => void;
  shopify?: unknown;
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: MessageEvent<Start | Answer>) => void): void;
};
const waiting = new Map<number, (value: string) => void>();

function start({ script, settings, init, event }: Start): void {
  const listeners = new Map<string, Listener[]>();
  const api = {
    settings,
    init,
    analytics: {
      subscribe: async (name: string, listener: Listener) => {
        listeners.set(name, [...(listeners.get(name) ?? []), listener]);
      },
    },
    browser: { cookie: { get: askForCookie } },
  };
  scope.shopify = {
    extend(point: string, begin: (given: typeof api) => void) {
      if (point === "WebPixel::Render") begin(api);
    },
  };
  scope.importScripts?.(script);
  // A pixel can't load more code by itself.
  delete scope.importScripts;
  for (const listener of listeners.get(event.name) ?? []) listener(event);
}

function askForCookie(name?: string): Promise<string> {
  const id = waiting.size;
  scope.postMessage({ id, cookie: name ?? "" });
  return new Promise((resolve) => waiting.set(id, resolve));
}

scope.addEventListener("message", ({ data }) => {
  if (data.kind === "start") start(data);
  else waiting.get(data.id)?.(data.value);
});

export {};
