import type { Prisma } from "@prisma/client";
import type { PartnerId, ShopDomain } from "#app/core/ids.ts";
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
  "countVerdicts" | "countPartners" | "listLeft" | "sumLate" | "countAdopted"
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

    async sumLate(shop, adoptionId, since) {
      const rows = await db.$queryRaw<
        { currency: string; orders: bigint; netMinor: Prisma.Decimal }[]
      >`
        SELECT o."currency", count(*) AS "orders", sum(o."netMinor") AS "netMinor"
        FROM "Order" o
        WHERE o."shop" = ${shop} AND o."placedAt" >= ${since} AND ${MAY_EARN}
          AND EXISTS (SELECT FROM "AdoptionCode" found
                      WHERE found."adoptionId" = ${adoptionId}::uuid AND found."shop" = o."shop"
                        AND found."code" = ANY(o."codes") AND found."verdict" = 'assigned')
        GROUP BY o."currency" ORDER BY o."currency"`;
      return {
        orders: rows.reduce((sum, { orders }) => sum + Number(orders), 0),
        worth: rows.map(({ currency, netMinor }) => ({ minor: Number(netMinor), currency })),
      };
    },

    countAdopted: (...asked) => countAdopted(db, ...asked),
  };
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
