/** One delivery: the same body, address and event through all of its attempts. */
export interface WebhookDelivery {
  topic: string;
  /** Domain. */
  shop: string;
  path: string;
  name: string | null;
  webhookId: string;
  eventId: string;
  triggeredAt: Date;
  rawBody: string;
  /** Attempts made or under way. */
  attempts: number;
}

/** What an attempt came to: the app's HTTP status, or why there is none. */
export type AttemptStatus = number | "timeout" | "unreachable" | "dropped" | "failed-on-command";

export interface DeliveryAttempt {
  topic: string;
  shop: string;
  status: AttemptStatus;
  at: Date;
  /** From 1. */
  attempt: number;
  webhookId: string;
}

export function succeeded(status: AttemptStatus): boolean {
  return typeof status === "number" && status >= 200 && status < 300;
}
