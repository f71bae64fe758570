export interface WebhookSubscription {
  /** Path on the app, as `uri` in shopify.app.toml. */
  path: string;
  /** Echoed in X-Shopify-Name. */
  name?: string;
  /** Top-level fields of the payload to keep; absent keeps all. */
  includeFields?: readonly string[];
}

/** Topics that reach an app after it was uninstalled. */
const SENT_WITHOUT_INSTALLATION = new Set([
  "app/uninstalled",
  "shop/redact",
  "customers/redact",
  "customers/data_request",
]);

export function needsInstallation(topic: string): boolean {
  return !SENT_WITHOUT_INSTALLATION.has(topic);
}

export function keptFields(
  payload: Record<string, unknown>,
  subscription: WebhookSubscription,
): Record<string, unknown> {
  const { includeFields } = subscription;
  if (!includeFields) return payload;
  return Object.fromEntries(Object.entries(payload).filter(([key]) => includeFields.includes(key)));
}
