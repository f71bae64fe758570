import type { ComplianceRecord as Row } from "@prisma/client";
import type { OrderId } from "#app/core/ids.ts";
import type { ComplianceStore } from "#app/core/ports/compliance-stores.ts";
import type { ComplianceRecord, ComplianceTopic } from "#app/core/privacy/compliance-record.ts";
import type { Db } from "../prisma-client.ts";

export function createComplianceStore(db: Db): ComplianceStore {
  return {
    async record(shop, record) {
      await db.complianceRecord.createMany({ data: [{ shop, ...record }], skipDuplicates: true });
    },
    async find(shop, id) {
      const row = await db.complianceRecord.findFirst({ where: { shop, id } });
      return row && toRecord(row);
    },
    async list(shop, limit) {
      const rows = await db.complianceRecord.findMany({
        where: { shop },
        orderBy: [{ receivedAt: "desc" }, { id: "desc" }],
        take: limit,
      });
      return rows.map(toRecord);
    },
  };
}

function toRecord(row: Row): ComplianceRecord {
  const { id, webhookId, receivedAt, doneAt, outcome } = row;
  const topic = row.topic as ComplianceTopic;
  const orderIds = row.orderIds as OrderId[];
  return { id, topic, webhookId, orderIds, receivedAt, doneAt, outcome };
}
