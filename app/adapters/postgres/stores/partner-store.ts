import { randomUUID } from "node:crypto";
import type { PartnerId } from "#app/core/ids.ts";
import type { PartnerSync } from "#app/core/partners/partner.ts";
import type { PartnerStore } from "#app/core/ports/shop-stores.ts";
import type { Db } from "../prisma-client.ts";

export function createPartnerStore(db: Db): PartnerStore {
  return {
    async list(shop, { search } = {}) {
      const name = search ? { contains: search, mode: "insensitive" as const } : undefined;
      const rows = await db.partner.findMany({
        where: { shop, ...(name && { name }) },
        orderBy: [{ name: "asc" }, { partnerId: "asc" }],
      });
      return rows.map(toPartner);
    },

    async count(shop) {
      const [all, withContract] = await Promise.all([
        db.partner.count({ where: { shop } }),
        db.partner.count({ where: { shop, hasContract: true } }),
      ]);
      return { all, withContract };
    },

    async find(shop, partnerId) {
      const row = await db.partner.findUnique({ where: { shop_partnerId: { shop, partnerId } } });
      return row && toPartner(row);
    },

    async saveAll(shop, partners, now) {
      const column = <T>(pick: (partner: (typeof partners)[number]) => T) => partners.map(pick);
      await db.$executeRaw`
        INSERT INTO "Partner" AS p ("shop", "partnerId", "name", "hasContract", "syncedAt")
        SELECT ${shop}, id, name, contract, ${now}
        FROM unnest(${column((p) => p.partnerId)}::text[], ${column((p) => p.name)}::text[],
                    ${column((p) => p.hasContract)}::boolean[]) AS incoming (id, name, contract)
        ON CONFLICT ("shop", "partnerId") DO UPDATE
        SET "name" = EXCLUDED."name", "hasContract" = EXCLUDED."hasContract",
            "contractEndedAt" = CASE WHEN NOT EXCLUDED."hasContract"
              THEN COALESCE(p."contractEndedAt", CASE WHEN p."hasContract" THEN ${now}::timestamptz END) END,
            "syncedAt" = EXCLUDED."syncedAt"`;
    },

    async endContractsNotSeenSince(shop, since) {
      await db.partner.updateMany({
        where: { shop, hasContract: true, syncedAt: { lt: since } },
        data: { hasContract: false, contractEndedAt: since },
      });
    },

    async findSync(shop) {
      const row = await db.partnerSync.findUnique({ where: { shop } });
      return row && { ...row, state: row.state as PartnerSync["state"] };
    },

    async startSync(shop, programId, now) {
      const fields = { ...FRESH_RUN, runId: randomUUID(), programId, startedAt: now };
      await db.partnerSync.upsert({ where: { shop }, create: { shop, ...fields }, update: fields });
    },

    async saveSync(shop, { runId, state, page, pages, partners, problem, finishedAt }) {
      const { count } = await db.partnerSync.updateMany({
        where: { shop, runId, state: "running", page: { lte: page } },
        data: { state, page, pages, partners, problem, finishedAt },
      });
      return count > 0;
    },

    async stopSync(shop, problem, now) {
      await db.partnerSync.updateMany({
        where: { shop, state: "running" },
        data: { state: "failed", problem, finishedAt: now },
      });
    },
  };
}

const FRESH_RUN = {
  state: "running",
  page: 0,
  pages: null,
  partners: 0,
  problem: null,
  finishedAt: null,
};

function toPartner(row: { partnerId: string; name: string; hasContract: boolean }) {
  return {
    partnerId: row.partnerId as PartnerId,
    name: row.name,
    hasContract: row.hasContract,
  };
}
