import type { PartnerId } from "#app/core/ids.ts";
import type { UploadStore } from "#app/core/ports/upload-stores.ts";
import type { NewRow, RefusedRow } from "#app/core/uploads/upload.ts";
import type { Db } from "../prisma-client.ts";

type RefusedRows = Pick<
  UploadStore,
  "findOfBatch" | "addRefused" | "listNew" | "listNewAfter" | "refuseNew" | "listRefused"
>;

/** Rows of a batch's upload. One that is refused names its code, unlike a wrong row of a dry run. */
export function createRefusedRows(db: Db): RefusedRows {
  return {
    async findOfBatch(shop, batchId) {
      const upload = await db.upload.findFirst({ where: { shop, batchId }, select: { id: true } });
      if (!upload) return null;
      const ofUpload = { shop, uploadId: upload.id };
      return {
        rowsLeft: await db.uploadRow.count({ where: { ...ofUpload, wrong: null } }),
        rowsRefused: await db.uploadRow.count({
          where: { ...ofUpload, wrong: { not: null }, code: { not: null } },
        }),
      };
    },

    async addRefused(shop, uploadId, refused) {
      const rows = refused.map(({ problem, ...row }) => ({ ...row, wrong: problem }));
      await db.$executeRaw`
        INSERT INTO "UploadRow" ("uploadId", "shop", "number", "code", "partnerId", "startsAt",
          "endsAt", "reach", "wrong")
        SELECT upload."id", upload."shop", given.*
        FROM "Upload" upload, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS given("number" int, "code" text, "partnerId" text, "startsAt" timestamptz,
            "endsAt" timestamptz, "reach" text, "wrong" text)
        WHERE upload."shop" = ${shop} AND upload."id" = ${uploadId}::uuid`;
    },

    async listNew(shop, uploadId, codes) {
      return db.$queryRaw<NewRow[]>`
        SELECT "number", "code", "partnerId", "startsAt", "endsAt", "reach" FROM "UploadRow"
        WHERE "shop" = ${shop} AND "uploadId" = ${uploadId}::uuid AND "wrong" IS NULL
          AND "code" = ANY(${[...codes]}::text[])
        ORDER BY "number"`;
    },

    async listNewAfter(shop, uploadId, { after, limit }) {
      return db.$queryRaw<NewRow[]>`
        SELECT "number", "code", "partnerId", "startsAt", "endsAt", "reach" FROM "UploadRow"
        WHERE "shop" = ${shop} AND "uploadId" = ${uploadId}::uuid AND "wrong" IS NULL
          AND "number" > ${after}
        ORDER BY "number" LIMIT ${limit}`;
    },

    async refuseNew(shop, uploadId, rows) {
      if (rows.length === 0) return;
      await db.$executeRaw`
        UPDATE "UploadRow" row SET "wrong" = given."problem"
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given("number" int, "problem" text)
        WHERE row."shop" = ${shop} AND row."uploadId" = ${uploadId}::uuid
          AND row."number" = given."number" AND row."wrong" IS NULL`;
    },

    async listRefused(shop, batchId, { after, limit }) {
      const rows = await db.$queryRaw<Row[]>`
        SELECT row."number", row."code", row."partnerId", partner."name", row."wrong" AS "problem"
        FROM "UploadRow" row
        JOIN "Upload" upload ON upload."id" = row."uploadId" AND upload."shop" = row."shop"
        LEFT JOIN "Partner" partner
          ON partner."shop" = row."shop" AND partner."partnerId" = row."partnerId"
        WHERE row."shop" = ${shop} AND upload."batchId" = ${batchId}::uuid
          AND row."wrong" IS NOT NULL AND row."code" IS NOT NULL AND row."number" > ${after}
        ORDER BY row."number" LIMIT ${limit}`;
      return rows.map(({ partnerId, name, ...row }) => ({
        ...row,
        partner: { partnerId, name: name ?? `Partner ${partnerId}` },
      }));
    },
  };
}

interface Row extends Omit<RefusedRow, "partner"> {
  partnerId: PartnerId;
  name: string | null;
}
