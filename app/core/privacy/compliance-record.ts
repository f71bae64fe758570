import type { OrderId } from "../ids.ts";

export const COMPLIANCE_TOPICS = [
  "customers/data_request",
  "customers/redact",
  "shop/redact",
] as const;

export type ComplianceTopic = (typeof COMPLIANCE_TOPICS)[number];

/** That a compliance request of Shopify's was done, and how. It outlives the shop's other rows. */
export interface ComplianceRecord {
  id: string;
  topic: ComplianceTopic;
  webhookId: string;
  /** Those the request names; none for a whole shop, or once the shop was erased. */
  orderIds: OrderId[];
  receivedAt: Date;
  doneAt: Date;
  /** One sentence. */
  outcome: string;
}

export function isComplianceTopic(topic: string): topic is ComplianceTopic {
  return (COMPLIANCE_TOPICS as readonly string[]).includes(topic);
}
