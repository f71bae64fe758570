import { Prisma } from "@prisma/client";
import type { OrderId, PartnerId } from "#app/core/ids.ts";
import type { CreditedStore, LookedAt } from "#app/core/ports/ledger-stores.ts";
import type { Db } from "../prisma-client.ts";

/** As `isLookedAt` says, of a row called `seen` with a program and its event's time. */
export function isLookedAt({ programId, from, to }: LookedAt): Prisma.Sql {
  return Prisma.sql`seen."programId" = ${programId}
    AND seen."eventAt" >= ${from} AND seen."eventAt" < ${to}`;
}

export function createCreditedStore(db: Db): CreditedStore {
  return {
    async note(shop, run, seen, now) {
      const column = <T>(pick: (one: (typeof seen)[number]) => T) => seen.map(pick);
      await db.$executeRaw`
        INSERT INTO "CreditedThere" AS noted ("shop", "orderId", "programId", "seenBy", "foundAt",
          "partnerId", "currency", "amountMinor", "eventAt")
        SELECT ${shop}, s."orderId", ${run.programId}, ${run.id}::uuid, ${now},
          s."partnerId", s."currency", s."amountMinor", COALESCE(s."eventAt", o."placedAt")
        FROM unnest(${column((s) => s.orderId)}::text[], ${column((s) => s.partnerId)}::text[],
          ${column((s) => s.currency)}::text[], ${column((s) => s.amountMinor)}::bigint[],
          ${column((s) => s.eventAt)}::timestamptz[])
          AS s ("orderId", "partnerId", "currency", "amountMinor", "eventAt")
        LEFT JOIN "Order" o ON o."shop" = ${shop} AND o."orderId" = s."orderId"
        ON CONFLICT ("shop", "orderId", "programId") DO UPDATE
        SET "seenBy" = EXCLUDED."seenBy", "partnerId" = EXCLUDED."partnerId",
            "currency" = EXCLUDED."currency", "amountMinor" = EXCLUDED."amountMinor",
            "eventAt" = EXCLUDED."eventAt", "isOver" = FALSE,
            "foundAt" = CASE WHEN noted."isOver" THEN EXCLUDED."foundAt" ELSE noted."foundAt" END`;
    },

    async list(shop, orderId) {
      const where = { shop, orderId, isOver: false };
      const rows = await db.creditedThere.findMany({ where, orderBy: { foundAt: "asc" } });
      return rows.map(({ programId, currency, eventAt, foundAt, ...row }) => ({
        ...{ orderId, programId, currency, eventAt, foundAt },
        partnerId: row.partnerId as PartnerId | null,
        amountMinor: row.amountMinor === null ? null : Number(row.amountMinor),
      }));
    },

    async release(shop, run, { placedFrom, limit }) {
      const rows = await db.$queryRaw<{ orderId: string }[]>`
        UPDATE "CreditedThere" noted SET "isOver" = TRUE
        FROM (SELECT seen."orderId", seen."programId" FROM "CreditedThere" seen
               JOIN "Order" o ON o."shop" = seen."shop" AND o."orderId" = seen."orderId"
               WHERE seen."shop" = ${shop} AND seen."seenBy" <> ${run.id}::uuid AND NOT seen."isOver"
                 AND ${isLookedAt(run)} AND o."placedAt" >= ${placedFrom} LIMIT ${limit}) AS gone
        WHERE noted."shop" = ${shop} AND noted."orderId" = gone."orderId"
          AND noted."programId" = gone."programId"
        RETURNING noted."orderId"`;
      return rows.map(({ orderId }) => orderId as OrderId);
    },

    async forget(shop, orderId) {
      await db.creditedThere.updateMany({ where: { shop, orderId }, data: { isOver: true } });
    },
  };
}
