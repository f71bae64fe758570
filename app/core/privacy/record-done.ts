import type { ShopDomain } from "../ids.ts";
import type { Delivery } from "../orders/delivery.ts";
import type { Stores } from "../ports/store.ts";
import { isComplianceTopic, type ComplianceRecord } from "./compliance-record.ts";

/** Writes down that the request a delivery has brought was done. A repeat changes nothing. */
export async function recordDone(
  tx: Stores,
  shop: ShopDomain,
  delivery: Delivery | null,
  done: Pick<ComplianceRecord, "orderIds" | "outcome" | "doneAt">,
): Promise<void> {
  if (!delivery || !isComplianceTopic(delivery.topic)) return;
  const { topic, webhookId, receivedAt } = delivery;
  await tx.compliance.record(shop, { topic, webhookId, receivedAt, ...done });
}
