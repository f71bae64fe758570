import type { ShopDomain } from "../ids.ts";
import type { ComplianceRecord } from "../privacy/compliance-record.ts";

export interface ComplianceStore {
  /** Stores once for each webhook that its request was done; the first record stays. */
  record(shop: ShopDomain, record: Omit<ComplianceRecord, "id">): Promise<void>;
  find(shop: ShopDomain, recordId: string): Promise<ComplianceRecord | null>;
  /** Newest first. */
  list(shop: ShopDomain, limit: number): Promise<ComplianceRecord[]>;
}
