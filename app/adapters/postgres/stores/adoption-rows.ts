import type { WrongRow } from "#app/core/adopting/adoption.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import type { AdoptionStore } from "#app/core/ports/adoption-stores.ts";
import type { Db } from "../prisma-client.ts";

type AdoptionRows = Pick<
  AdoptionStore,
  "listAmong" | "forgetFile" | "addFileRows" | "listWrongRows"
>;

/** What an uploaded file says of codes that are to be adopted. */
export function createAdoptionRows(db: Db): AdoptionRows {
  return {
    async listAmong(shop, adoptionId, codes) {
      const rows = await db.$queryRaw<
        { code: DiscountCode; partnerId: PartnerId | null; name: string | null }[]
      >`
        SELECT found."code", code."partnerId", partner."name"
        FROM "AdoptionCode" found
        LEFT JOIN "Code" code ON code."shop" = found."shop" AND code."code" = found."code"
        LEFT JOIN "Partner" partner
          ON partner."shop" = found."shop" AND partner."partnerId" = code."partnerId"
        WHERE found."shop" = ${shop} AND found."adoptionId" = ${adoptionId}::uuid
          AND found."code" = ANY(${[...codes]}::text[])`;
      return rows.map(({ code, partnerId, name }) => ({
        code,
        owner: partnerId && { partnerId, name: name ?? `Partner ${partnerId}` },
      }));
    },

    async forgetFile(shop, adoptionId) {
      await db.adoptionRow.deleteMany({ where: { shop, adoptionId } });
      await db.adoptionCode.updateMany({
        where: { shop, adoptionId, namedId: { not: null } },
        data: { namedId: null },
      });
    },

    async addFileRows(shop, adoptionId, { named, wrong }) {
      await db.$executeRaw`
        UPDATE "AdoptionCode" found SET "namedId" = given."partnerId"
        FROM jsonb_to_recordset(${JSON.stringify(named)}::jsonb)
          AS given("code" text, "partnerId" text)
        WHERE found."shop" = ${shop} AND found."adoptionId" = ${adoptionId}::uuid
          AND found."code" = given."code"`;
      if (wrong.length === 0) return;
      const rows = wrong.map(({ number, ...row }) => ({ number, wrong: JSON.stringify(row) }));
      await db.$executeRaw`
        INSERT INTO "AdoptionRow" ("adoptionId", "shop", "number", "wrong")
        SELECT adoption."id", adoption."shop", given."number", given."wrong"
        FROM "Adoption" adoption, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS given("number" int, "wrong" text)
        WHERE adoption."shop" = ${shop} AND adoption."id" = ${adoptionId}::uuid
        ON CONFLICT DO NOTHING`;
    },

    async listWrongRows(shop, adoptionId, { after, limit }) {
      const rows = await db.adoptionRow.findMany({
        where: { shop, adoptionId, number: { gt: after } },
        orderBy: { number: "asc" },
        take: limit,
      });
      // Only addFileRows writes the column, so its shape is known.
      return rows.map(({ number, wrong }): WrongRow => ({
        ...(JSON.parse(wrong) as Omit<WrongRow, "number">),
        number,
      }));
    },
  };
}
