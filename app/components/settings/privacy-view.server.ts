import type { ComplianceRecord, ComplianceTopic } from "#app/core/privacy/compliance-record.ts";
import { timeFormats } from "../time-formats.server.ts";

export type PrivacyRow = ReturnType<typeof privacyRow>;

const ASKED: Record<ComplianceTopic, string> = {
  "customers/data_request": "A customer asked for their data",
  "customers/redact": "A customer's data had to be erased",
  "shop/redact": "The shop's data had to be erased",
};

/** A privacy request as its row says it, with times in the shop's zone. */
export function privacyRow(record: ComplianceRecord, { timeZone }: { timeZone: string }) {
  const times = timeFormats(timeZone);
  const { id, topic, receivedAt, doneAt, outcome, orderIds } = record;
  return {
    id,
    asked: ASKED[topic],
    receivedAt: times.minute(receivedAt),
    doneAt: times.minute(doneAt),
    outcome,
    hasExport: topic === "customers/data_request" && orderIds.length > 0,
  };
}
