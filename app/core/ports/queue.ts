import type { OrderId, ShopDomain } from "../ids.ts";

export interface JobPayloads {
  "process-delivery": { shop: ShopDomain; deliveryId: string };
  "process-order": { shop: ShopDomain; orderId: OrderId };
  "send-conversion": { shop: ShopDomain; conversionId: string };
  "check-submission": { shop: ShopDomain; submissionId: string };
  "make-codes": { shop: ShopDomain; batchId: string };
  "register-code": { shop: ShopDomain; codeId: string };
  "sync-partners": { shop: ShopDomain };
  /** `after` is the last order of the page before. */
  "take-up-waiting": { shop: ShopDomain; after: OrderId | null };
  "redact-orders": { shop: ShopDomain; deliveryId: string; orderIds: OrderId[] };
  "uninstall-shop": { shop: ShopDomain; deliveryId: string };
  "erase-shop": { shop: ShopDomain; deliveryId: string };
}

export type JobName = keyof JobPayloads;

export interface Queue {
  /** Part of the transaction it is called in; `startAfter` delays it. */
  send<Name extends JobName>(
    name: Name,
    payload: JobPayloads[Name],
    options?: { startAfter?: Date },
  ): Promise<void>;
}
