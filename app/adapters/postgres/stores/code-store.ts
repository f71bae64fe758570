import { Prisma } from "@prisma/client";
import type { KnownCode } from "#app/core/attribution/attribute-order.ts";
import type { Code } from "#app/core/codes/discount.ts";
import type { DiscountCode, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { CodeStore } from "#app/core/ports/store.ts";
import type { Db } from "../prisma-client.ts";

export function createCodeStore(db: Db): CodeStore {
  return {
    async find(shop, codeId) {
      const rows = await selectCodes(db, shop, Prisma.sql`code."id" = ${codeId}::uuid`);
      return rows[0] ?? null;
    },
    async findByCode(shop, code) {
      const rows = await selectCodes(db, shop, Prisma.sql`code."code" = ${code}`);
      return rows[0] ?? null;
    },
    listForDiscount(shop, discountId) {
      return selectCodes(db, shop, Prisma.sql`code."discountId" = ${discountId}::uuid`);
    },
    async listTexts(shop, limit) {
      const orderBy = { createdAt: "desc" } as const;
      const select = { code: true };
      const rows = await db.code.findMany({ where: { shop }, orderBy, select, take: limit });
      return rows.map(({ code }) => code as DiscountCode);
    },
    listUnregistered(shop) {
      const condition = Prisma.sql`code."shopifyState" = 'live' AND code."impactState" <> 'registered'`;
      return selectCodes(db, shop, condition);
    },
    async forgetRegistrations(shop) {
      await db.code.updateMany({
        where: { shop, impactState: "registered" },
        data: { impactState: "planned", impactPromoCodeId: null, registeredAt: null },
      });
    },

    async known(shop, codes, at) {
      if (codes.length === 0) return [];
      const rows = await db.$queryRaw<
        { code: string; partnerId: string | null; name: string | null }[]
      >`
        SELECT code."code", assignment."partnerId", partner."name"
        FROM "Code" code
        LEFT JOIN "Assignment" assignment
          ON assignment."codeId" = code."id" AND assignment."startsAt" <= ${at}
          AND (assignment."endsAt" IS NULL OR assignment."endsAt" > ${at})
        LEFT JOIN "Partner" partner
          ON partner."shop" = code."shop" AND partner."partnerId" = assignment."partnerId"
        WHERE code."shop" = ${shop} AND code."code" = ANY(${codes}::text[])
          AND code."shopifyState" <> 'failed'`;
      return rows.map(({ code, partnerId, name }): KnownCode => ({
        code: code as DiscountCode,
        partner: partnerId
          ? { partnerId: partnerId as PartnerId, name: name ?? `Partner ${partnerId}` }
          : null,
      }));
    },

    async count(shop) {
      const [row] = await db.$queryRaw<
        { all: bigint; live: bigint; registered: bigint; failed: bigint }[]
      >`
        SELECT count(*) AS all,
               count(*) FILTER (WHERE "shopifyState" = 'live') AS live,
               count(*) FILTER (WHERE "impactState" = 'registered') AS registered,
               count(*) FILTER (WHERE "shopifyState" = 'failed' OR "impactState" = 'failed') AS failed
        FROM "Code" WHERE "shop" = ${shop}`;
      return {
        all: Number(row?.all ?? 0),
        live: Number(row?.live ?? 0),
        registered: Number(row?.registered ?? 0),
        failed: Number(row?.failed ?? 0),
      };
    },

    async saveShopifyState(shop, codeId, { state, problem }, now) {
      await db.code.updateMany({
        where: { shop, id: codeId },
        data: {
          shopifyState: state,
          shopifyProblem: problem,
          ...(state === "live" && { liveAt: now }),
        },
      });
    },

    async claimForRegistration(shop, codeId, { now, until }) {
      const { count } = await db.code.updateMany({
        where: {
          shop,
          id: codeId,
          impactState: { not: "registered" },
          OR: [{ leaseUntil: null }, { leaseUntil: { lte: now } }],
        },
        data: { leaseUntil: until },
      });
      if (count === 0) return null;
      const rows = await selectCodes(db, shop, Prisma.sql`code."id" = ${codeId}::uuid`);
      return rows[0] ?? null;
    },

    async saveImpactState(shop, codeId, { state, problem, promoCodeId, attempts }, now) {
      await db.code.updateMany({
        where: { shop, id: codeId, impactState: { not: "registered" } },
        data: {
          leaseUntil: null,
          impactState: state,
          impactProblem: problem,
          impactAttempts: attempts,
          ...(promoCodeId && { impactPromoCodeId: promoCodeId }),
          ...(state === "registered" && { registeredAt: now }),
        },
      });
    },
  };
}

interface CodeRow extends Omit<Code, "partner" | "assignedSince"> {
  partnerId: string | null;
  partnerName: string | null;
  assignedSince: Date | null;
}

/** Codes with the partner they belong to now, in the order they were drafted. */
async function selectCodes(db: Db, shop: ShopDomain, condition: Prisma.Sql): Promise<Code[]> {
  const rows = await db.$queryRaw<CodeRow[]>`
    SELECT code."id", code."shop", code."code", code."discountId", code."shopifyState",
           code."shopifyProblem", code."liveAt", code."impactState", code."impactPromoCodeId",
           code."impactProblem", code."impactAttempts", code."leaseUntil", code."registeredAt",
           assignment."partnerId", partner."name" AS "partnerName",
           assignment."startsAt" AS "assignedSince"
    FROM "Code" code
    LEFT JOIN "Assignment" assignment
      ON assignment."codeId" = code."id" AND assignment."endsAt" IS NULL
    LEFT JOIN "Partner" partner
      ON partner."shop" = code."shop" AND partner."partnerId" = assignment."partnerId"
    WHERE code."shop" = ${shop} AND ${condition}
    ORDER BY code."createdAt", code."code"`;
  return rows.map(({ partnerId, partnerName, ...row }) => ({
    ...row,
    partner: partnerId
      ? { partnerId: partnerId as PartnerId, name: partnerName ?? `Partner ${partnerId}` }
      : null,
  }));
}
