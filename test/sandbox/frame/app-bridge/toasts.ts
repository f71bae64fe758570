import type { FrameLink } from "./frame-link.ts";

type ToastApi = typeof shopify.toast;
type ToastOptions = NonNullable<Parameters<ToastApi["show"]>[1]>;

const DEFAULT_DURATION_MS = 5_000;

export function createToasts(link: FrameLink): ToastApi {
  const shown = new Map<string, ToastOptions>();

  link.listen((message) => {
    if (message.kind !== "toastEvent") return;
    const options = shown.get(message.id);
    if (message.event === "action") options?.onAction?.();
    else options?.onDismiss?.();
    shown.delete(message.id);
  });

  return {
    show(message, options = {}) {
      const id = crypto.randomUUID();
      shown.set(id, options);
      const { isError = false, duration = DEFAULT_DURATION_MS, action = null } = options;
      link.tell({ kind: "toast", toast: { id, message, isError, durationMs: duration, action } });
      return id;
    },
    hide: (id) => link.tell({ kind: "hideToast", id }),
  };
}
