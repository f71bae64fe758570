import { randomUUID } from "node:crypto";
import { Prisma } from "@prisma/client";
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
        INSERT INTO "Partner" AS p ("shop", "partnerId", "name", "hasContract", "syncedAt",
          "contractStartedAt", "contractExpiresAt", "contractEndedAt")
        SELECT ${shop}, id, name, contract, ${now}, started, expires, ended
        FROM unnest(${column((p) => p.partnerId)}::text[], ${column((p) => p.name)}::text[],
                    ${column((p) => p.hasContract)}::boolean[],
                    ${column((p) => p.contractStartedAt)}::timestamptz[],
                    ${column((p) => p.contractExpiresAt)}::timestamptz[],
                    ${column((p) => p.contractEndedAt)}::timestamptz[])
          AS incoming (id, name, contract, started, expires, ended)
        ON CONFLICT ("shop", "partnerId") DO UPDATE
        SET "name" = EXCLUDED."name", "hasContract" = EXCLUDED."hasContract",
            "contractStartedAt" = EXCLUDED."contractStartedAt",
            "contractExpiresAt" = EXCLUDED."contractExpiresAt",
            "contractEndedAt" = CASE
              WHEN EXCLUDED."hasContract" THEN ${END_BEFORE_THE_LIVE}
              WHEN EXCLUDED."contractEndedAt" >= COALESCE(p."contractStartedAt", '-infinity')
                THEN EXCLUDED."contractEndedAt"
              WHEN p."hasContract" THEN LEAST(p."contractExpiresAt", ${now}::timestamptz)
              ELSE p."contractEndedAt" END,
            "syncedAt" = EXCLUDED."syncedAt"`;
    },

    async endContractsNotSeenSince(shop, since) {
      await db.$executeRaw`
        UPDATE "Partner"
        SET "hasContract" = FALSE, "contractStartedAt" = NULL, "contractExpiresAt" = NULL,
            "contractEndedAt" = LEAST("contractExpiresAt", ${since}::timestamptz)
        WHERE "shop" = ${shop} AND "hasContract" AND "syncedAt" < ${since}::timestamptz`;
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

/** Where the live contract began later than one before it ended, there was a time without any. */
const END_BEFORE_THE_LIVE = Prisma.sql`(
  SELECT max(at) FROM unnest(ARRAY[EXCLUDED."contractEndedAt", p."contractEndedAt",
                                   p."contractExpiresAt"]) AS ended (at)
  WHERE at < EXCLUDED."contractStartedAt")`;

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
