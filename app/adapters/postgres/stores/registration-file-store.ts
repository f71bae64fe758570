import { randomUUID } from "node:crypto";
import { Prisma, type RegistrationFile as FileRow } from "@prisma/client";
import { isRowId, type ShopDomain } from "#app/core/ids.ts";
import type { FileCode, RegistrationFileStore } from "#app/core/ports/registration-file-stores.ts";
import type { RegistrationFile } from "#app/core/registration-files/registration-file.ts";
import type { Db } from "../prisma-client.ts";
import { createFileWrites } from "./file-writes.ts";
import { selectCodes } from "./select-codes.ts";

export function createRegistrationFileStore(db: Db): RegistrationFileStore {
  return {
    ...createFileWrites(db),

    async find(shop, fileId) {
      if (!isRowId(fileId)) return null;
      const row = await db.registrationFile.findFirst({ where: { shop, id: fileId } });
      return row && toFile(row);
    },

    async beginLook(shop, fileId) {
      const where = { shop, id: fileId, state: "open" };
      const data = { lookId: randomUUID() };
      const [row] = await db.registrationFile.updateManyAndReturn({ where, data });
      return row ? toFile(row) : null;
    },

    async list(shop, { batchId, openOnly, limit }) {
      const rows = await db.$queryRaw<FileRow[]>`
        SELECT file.* FROM "RegistrationFile" file
        WHERE file."shop" = ${shop} AND (NOT ${openOnly} OR file."state" = 'open')
          AND (${batchId}::uuid IS NULL OR EXISTS (
            SELECT FROM "FileCode" part JOIN "Code" code ON code."id" = part."codeId"
            WHERE part."fileId" = file."id" AND code."batchId" = ${batchId}::uuid))
        ORDER BY file."createdAt" DESC LIMIT ${limit}`;
      return rows.map(toFile);
    },

    async countCodes(shop, fileId) {
      const where = { shop, fileId };
      const groups = await db.fileCode.groupBy({ by: ["state"], where, _count: true });
      const counts = new Map(groups.map(({ state, _count }) => [state, _count]));
      return {
        waiting: counts.get("waiting") ?? 0,
        arrived: counts.get("arrived") ?? 0,
        differing: counts.get("differs") ?? 0,
        takenBack: counts.get("taken-back") ?? 0,
      };
    },

    async pageCodes(shop, fileId, { state, part, after, limit }) {
      const ofPart = part === null ? Prisma.empty : Prisma.sql`AND file."part" = ${part}`;
      return selectFileCodes(
        db,
        shop,
        Prisma.sql`file."fileId" = ${fileId}::uuid AND file."state" = ${state} ${ofPart}
          AND code."code" > ${after ?? ""}`,
        limit,
      );
    },

    async findWaiting(shop, fileId, codes) {
      return selectFileCodes(
        db,
        shop,
        Prisma.sql`file."fileId" = ${fileId}::uuid AND file."state" = 'waiting'
          AND code."code" = ANY(${[...codes]}::text[])`,
        codes.length,
      );
    },

    async save(shop, { id, lookId, ...file }) {
      const { state, parts, uploadedAt, looks, lookedAt, nextLookAt, problem, finishedAt } = file;
      const { count } = await db.registrationFile.updateMany({
        where: { shop, id, state: "open", lookId },
        data: { state, parts, uploadedAt, looks, lookedAt, nextLookAt, problem, finishedAt },
      });
      return count > 0;
    },
  };
}

interface FoundRow {
  codeId: string;
  problem: string | null;
  startsAt: Date;
  endsAt: Date | null;
}

/** Rows called `file` and `code` that meet a condition, by their text. */
async function selectFileCodes(
  db: Db,
  shop: ShopDomain,
  condition: Prisma.Sql,
  limit: number,
): Promise<FileCode[]> {
  const rows = await db.$queryRaw<FoundRow[]>`
    SELECT code."id" AS "codeId", file."problem", discount."startsAt", discount."endsAt"
    FROM "FileCode" file
    JOIN "Code" code ON code."id" = file."codeId"
    JOIN "Discount" discount ON discount."id" = code."discountId"
    WHERE file."shop" = ${shop} AND code."shop" = ${shop} AND ${condition}
    ORDER BY code."code" LIMIT ${limit}`;
  const found = new Map(rows.map((row) => [row.codeId, row]));
  const those = Prisma.sql`code."id" = ANY(${[...found.keys()]}::uuid[])`;
  const codes = await selectCodes(db, shop, those, { order: Prisma.sql`code."code"` });
  return codes.flatMap((code): FileCode[] => {
    const row = found.get(code.id);
    if (!row) return [];
    const { problem, startsAt, endsAt } = row;
    return [{ code, problem, discount: { startsAt, endsAt } }];
  });
}

function toFile(row: FileRow): RegistrationFile {
  return {
    ...row,
    shop: row.shop as ShopDomain,
    // Only these stores write the column.
    state: row.state as RegistrationFile["state"],
  };
}
