import { Prisma } from "@prisma/client";
import type { DiscountCode, OrderId, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type {
  AdoptedCounts,
  AdoptionStore,
  LeftCode,
  PartnerCount,
  VerdictCount,
} from "#app/core/ports/adoption-stores.ts";
import type { Db } from "../prisma-client.ts";
import { MAY_EARN } from "./late-store.ts";

type AdoptionSums = Pick<
  AdoptionStore,
  "countVerdicts" | "countPartners" | "listLeft" | "countLate" | "listLate" | "countAdopted"
>;

/** What pages show of an adoption, each in one statement however many codes there are. */
export function createAdoptionSums(db: Db): AdoptionSums {
  return {
    async countVerdicts(shop, adoptionId) {
      const rows = await db.$queryRaw<(Omit<VerdictCount, "codes"> & { codes: bigint })[]>`
        SELECT "verdict", "because", count(*) AS "codes" FROM "AdoptionCode"
        WHERE "shop" = ${shop} AND "adoptionId" = ${adoptionId}::uuid AND "verdict" IS NOT NULL
        GROUP BY "verdict", "because" ORDER BY count(*) DESC`;
      return rows.map((row) => ({ ...row, codes: Number(row.codes) }));
    },

    countPartners: (...asked) => countPartners(db, ...asked),

    async listLeft(shop, adoptionId, { after, limit }) {
      return db.$queryRaw<LeftCode[]>`
        SELECT "code", "problem" FROM "AdoptionCode"
        WHERE "shop" = ${shop} AND "adoptionId" = ${adoptionId}::uuid
          AND "verdict" IN ('nobodys', 'refused') AND "code" > ${after ?? ""}
        ORDER BY "code" LIMIT ${limit}`;
    },

    async countLate(shop, adoptionId, since) {
      const [row] = await db.$queryRaw<{ orders: bigint }[]>`
        SELECT count(*) AS "orders" FROM "Order" o
        WHERE o."shop" = ${shop} AND o."placedAt" >= ${since} AND ${MAY_EARN}
          AND EXISTS (SELECT ${codesOf(adoptionId)})`;
      return Number(row?.orders ?? 0);
    },

    async listLate(shop, adoptionId, { since, after, limit }) {
      return db.$queryRaw<{ orderId: OrderId; code: DiscountCode; partnerId: PartnerId }[]>`
        SELECT o."orderId", given."code", given."partnerId"
        FROM "Order" o
        CROSS JOIN LATERAL (SELECT found."code", found."partnerId" ${codesOf(adoptionId)}
          ORDER BY array_position(o."codes", found."code") LIMIT 1) given
        WHERE o."shop" = ${shop} AND o."placedAt" >= ${since} AND ${MAY_EARN}
          AND o."orderId" > ${after ?? ""}
        ORDER BY o."orderId" LIMIT ${limit}`;
    },

    countAdopted: (...asked) => countAdopted(db, ...asked),
  };
}

/** Codes of the adoption that were typed on an order called `o`, and that a partner gets. */
function codesOf(adoptionId: string): Prisma.Sql {
  return Prisma.sql`FROM "AdoptionCode" found
    WHERE found."adoptionId" = ${adoptionId}::uuid AND found."shop" = o."shop"
      AND found."code" = ANY(o."codes") AND found."verdict" = 'assigned'`;
}

async function countPartners(db: Db, shop: ShopDomain, adoptionId: string, limit: number) {
  const rows = await db.$queryRaw<{ partnerId: PartnerId; name: string | null; codes: bigint }[]>`
    SELECT counted.*, partner."name"
    FROM (SELECT "partnerId", count(*) AS "codes" FROM "AdoptionCode"
          WHERE "shop" = ${shop} AND "adoptionId" = ${adoptionId}::uuid
            AND "verdict" = 'assigned' GROUP BY "partnerId") counted
    LEFT JOIN "Partner" partner
      ON partner."shop" = ${shop} AND partner."partnerId" = counted."partnerId"
    ORDER BY counted."codes" DESC, counted."partnerId"`;
  const partners = rows.slice(0, limit).map(({ partnerId, name, codes }): PartnerCount => ({
    ...{ partnerId, name: name ?? `Partner ${partnerId}`, codes: Number(codes) },
  }));
  return { partners, all: rows.length };
}

async function countAdopted(db: Db, shop: ShopDomain, adoptionId: string): Promise<AdoptedCounts> {
  const [row] = await db.$queryRaw<Record<keyof AdoptedCounts, bigint>[]>`
    SELECT count(*) AS "all",
           count(*) FILTER (WHERE found."isTaken") AS "taken",
           count(*) FILTER (WHERE found."isTaken" AND found."verdict" = 'assigned') AS "assigned",
           count(*) FILTER (WHERE found."isTaken" AND found."verdict" <> 'assigned') AS "nobodys",
           count(*) FILTER (WHERE found."verdict" = 'assigned' AND code."impactState" = 'registered')
             AS "registered",
           count(*) FILTER (WHERE found."verdict" = 'assigned' AND code."impactState" = 'failed')
             AS "unregistrable",
           count(*) FILTER (WHERE found."verdict" = 'assigned' AND code."impactState" = 'expired')
             AS "ended"
    FROM "AdoptionCode" found
    LEFT JOIN "Code" code
      ON found."isTaken" AND code."shop" = found."shop" AND code."code" = found."code"
    WHERE found."shop" = ${shop} AND found."adoptionId" = ${adoptionId}::uuid
      AND found."verdict" <> 'managed'`;
  return {
    all: Number(row?.all ?? 0),
    taken: Number(row?.taken ?? 0),
    assigned: Number(row?.assigned ?? 0),
    nobodys: Number(row?.nobodys ?? 0),
    registered: Number(row?.registered ?? 0),
    unregistrable: Number(row?.unregistrable ?? 0),
    ended: Number(row?.ended ?? 0),
  };
}
