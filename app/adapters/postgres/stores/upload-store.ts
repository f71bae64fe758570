import type { Upload as UploadRecord } from "@prisma/client";
import type { ShopDomain } from "#app/core/ids.ts";
import type { UploadStore } from "#app/core/ports/upload-stores.ts";
import type { UploadCounts, WrongVerdict } from "#app/core/uploads/judge-upload.ts";
import type { ColumnMapping } from "#app/core/uploads/upload-column.ts";
import type { NewRow, Upload } from "#app/core/uploads/upload.ts";
import type { Db } from "../prisma-client.ts";
import { createRefusedRows } from "./refused-rows.ts";

export function createUploadStore(db: Db): UploadStore {
  return {
    async create(shop, { headings, mapping, ...file }, { now, expiresAt }) {
      const made = await db.upload.create({
        data: {
          ...{ ...file, shop, state: "reading", createdAt: now, expiresAt },
          ...{ headings: JSON.stringify(headings), mapping: { ...mapping } },
        },
      });
      return made.id;
    },

    addRows: (...added) => addRows(db, ...added),

    async saveChecked(shop, uploadId, counts) {
      const { wrongByKind, warnings, inShopify, ...numbers } = counts;
      const warned = warnings && { warnings: { ...warnings, byReason: { ...warnings.byReason } } };
      await db.upload.updateMany({
        where: { shop, id: uploadId, state: "reading" },
        data: {
          state: "checked",
          counts: {
            ...{ ...numbers, wrongByKind: { ...wrongByKind }, ...warned },
            ...(inShopify && { inShopify: { ...inShopify } }),
          },
        },
      });
    },

    async remove(shop, uploadId) {
      await db.$executeRaw`
        WITH gone AS (
          DELETE FROM "Upload" WHERE "shop" = ${shop} AND "id" = ${uploadId}::uuid
            AND "batchId" IS NULL RETURNING "id"
        )
        DELETE FROM "UploadRow" row USING gone WHERE row."uploadId" = gone."id"`;
    },

    async find(shop, uploadId) {
      const row = await db.upload.findFirst({ where: { shop, id: uploadId } });
      return row && toUpload(row);
    },

    async listWrong(shop, uploadId, { after, limit }) {
      const rows = await db.uploadRow.findMany({
        where: { shop, uploadId, number: { gt: after }, wrong: { not: null }, code: null },
        orderBy: { number: "asc" },
        take: limit,
      });
      return rows.map(({ number, wrong }) => toWrong(number, wrong ?? "{}"));
    },

    async take(shop, uploadId, batchId) {
      const where = { shop, id: uploadId, state: "checked" };
      const { count } = await db.upload.updateMany({ where, data: { state: "taken", batchId } });
      if (count === 0) return;
      await db.uploadRow.deleteMany({ where: { shop, uploadId, wrong: { not: null } } });
    },

    async findTaken(shop, batchId) {
      const where = { shop, batchId, state: "taken" };
      const row = await db.upload.findFirst({ where, select: { id: true } });
      return row?.id ?? null;
    },

    ...createRefusedRows(db),

    async takeRows(shop, uploadId, limit) {
      // Up to a number and not IN a list: without statistics yet, PostgreSQL would go through that for each row.
      const rows = await db.$queryRaw<NewRow[]>`
        DELETE FROM "UploadRow" WHERE "shop" = ${shop} AND "uploadId" = ${uploadId}::uuid
          AND "wrong" IS NULL AND "number" <= (
            SELECT max("number") FROM (
              SELECT "number" FROM "UploadRow"
              WHERE "shop" = ${shop} AND "uploadId" = ${uploadId}::uuid AND "wrong" IS NULL
              ORDER BY "number" LIMIT ${limit}) next)
        RETURNING "number", "code", "partnerId", "startsAt", "endsAt", "reach"`;
      return rows.sort((one, other) => one.number - other.number);
    },

    async savePlanned(shop, uploadId) {
      const where = { shop, id: uploadId, state: "taken" };
      await db.upload.updateMany({ where, data: { state: "planned" } });
    },
  };
}

async function addRows(
  db: Db,
  ...[shop, uploadId, { new: fresh, wrong }]: Parameters<UploadStore["addRows"]>
): Promise<void> {
  const rows = [
    ...fresh,
    ...wrong.map(({ row, problems }) => ({
      number: row.number,
      wrong: JSON.stringify({ cells: row.cells, problems }),
    })),
  ];
  if (rows.length === 0) return;
  await db.$executeRaw`
    INSERT INTO "UploadRow" ("uploadId", "shop", "number", "code", "partnerId", "startsAt", "endsAt",
      "reach", "wrong")
    SELECT upload."id", upload."shop", given.*
    FROM "Upload" upload, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS given("number" int, "code" text, "partnerId" text, "startsAt" timestamptz,
        "endsAt" timestamptz, "reach" text, "wrong" text)
    WHERE upload."shop" = ${shop} AND upload."id" = ${uploadId}::uuid
      AND upload."state" = 'reading'
    FOR SHARE OF upload`;
}

// Only this store writes these columns, so their shapes are known.

function toWrong(number: number, json: string): WrongVerdict {
  const { cells, problems } = JSON.parse(json) as {
    cells: string[];
    problems: WrongVerdict["problems"];
  };
  return { verdict: "wrong", row: { number, cells }, problems };
}

function toUpload({ headings, mapping, counts, ...row }: UploadRecord): Upload {
  return {
    ...row,
    shop: row.shop as ShopDomain,
    state: row.state as Upload["state"],
    headings: JSON.parse(headings) as string[],
    mapping: mapping as unknown as ColumnMapping,
    counts: counts as unknown as UploadCounts | null,
  };
}
