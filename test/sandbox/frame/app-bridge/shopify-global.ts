import type { FrameLink } from "./frame-link.ts";
import { launchParameters } from "./launch-parameters.ts";
import { createToasts } from "./toasts.ts";

interface Shown {
  show(): Promise<void>;
  hide(): Promise<void>;
  toggle(): Promise<void>;
}

/** The part of `window.shopify` that an embedded web app uses; POS and intents are not here. */
export function shopifyGlobal(apiKey: string, frameOrigin: string, link: FrameLink) {
  const askIn = <Value>(method: Parameters<FrameLink["ask"]>[0], argument?: unknown) =>
    link.ask(method, argument) as Promise<Value>;
  const scopes = () => askIn<Awaited<ReturnType<typeof shopify.scopes.query>>>("scopes");

  return {
    config: { apiKey, ...launchParameters() },
    origin: frameOrigin,
    ready: Promise.resolve(),
    environment: { embedded: true, mobile: false, pos: false, intent: false },
    idToken: () => askIn<string>("idToken"),
    toast: createToasts(link),
    loading: (isLoading = true) => link.tell({ kind: "loading", on: isLoading }),
    modal: byId<typeof shopify.modal>(),
    saveBar: {
      ...byId<typeof shopify.modal>(),
      leaveConfirmation: () => askIn<void>("leaveConfirmation"),
    },
    user: () => askIn<Awaited<ReturnType<typeof shopify.user>>>("user"),
    app: {
      extensions: () => askIn<Awaited<ReturnType<typeof shopify.app.extensions>>>("extensions"),
    },
    scopes: {
      query: scopes,
      request: (asked: string[]) =>
        askIn<Awaited<ReturnType<typeof shopify.scopes.request>>>("requestScopes", asked),
      revoke: async () => ({ detail: await scopes() }),
    },
    resourcePicker: (options: unknown) => askIn<unknown>("resourcePicker", options),
    webVitals: { onReport: async () => {} },
    support: { registerHandler: async () => {} },
    reviews: {
      request: async () => ({
        success: false as const,
        code: "recently-installed" as const,
        message: "The stand-in asks nobody for reviews.",
      }),
    },
  };
}

/** `shopify.modal.show("id")` is `document.getElementById("id").show()`. */
function byId<Api>(): Api {
  const call = (method: keyof Shown) => (id: string) => {
    const element = document.getElementById(id) as unknown as Partial<Shown> | null;
    const action = element?.[method];
    if (typeof action !== "function") {
      throw new Error(`There is no element "${id}" that can ${method}.`);
    }
    return (action as () => unknown).call(element);
  };
  return { show: call("show"), hide: call("hide"), toggle: call("toggle") } as Api;
}
