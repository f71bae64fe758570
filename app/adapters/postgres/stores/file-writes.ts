import { randomUUID } from "node:crypto";
import { Prisma } from "@prisma/client";
import type { RegistrationFileStore } from "#app/core/ports/registration-file-stores.ts";
import type { FileScope } from "#app/core/registration-files/registration-file.ts";
import { CODE_IN_FILE, PART_BYTES, ROW_BYTES } from "#app/core/registration-files/template.ts";
import type { Db } from "../prisma-client.ts";
import { rowsOf } from "./keyed-rows.ts";
import { selectedBy } from "./code-conditions.ts";

type FileWrites = Pick<
  RegistrationFileStore,
  "countWaiting" | "create" | "saveArrived" | "saveDiffering" | "takeBack" | "closeAll" | "renumber"
>;

/** What is written of a file's codes, each in few statements however many there are. */
export function createFileWrites(db: Db): FileWrites {
  return {
    countWaiting: (...asked) => countWaiting(db, ...asked),
    create: (...made) => create(db, ...made),
    saveArrived: (...saved) => saveArrived(db, ...saved),

    async saveDiffering(shop, fileId, differing) {
      if (differing.length === 0) return;
      await db.$executeRaw`
        WITH found AS (
          UPDATE "FileCode" file SET "state" = 'differs', "problem" = given."problem"
          FROM ${rowsOf(shop, differing, `"codeId" uuid, "problem" text`)} given
          WHERE file."fileId" = ${fileId}::uuid AND file."codeId" = given."codeId"
            AND file."shop" = given."shop" AND file."state" = 'waiting'
          RETURNING file."codeId", file."problem"
        )
        UPDATE "Code" code SET "impactState" = 'failed', "impactProblem" = found."problem"
        FROM found WHERE code."id" = found."codeId" AND code."impactState" = 'planned'`;
    },

    async takeBack(shop, fileId, limit) {
      // Up to an id and not IN a list, for the same reason as in upload-store.ts.
      const rows = await db.$queryRaw<{ id: string }[]>`
        WITH back AS (
          UPDATE "FileCode" file SET "state" = 'taken-back'
          WHERE file."shop" = ${shop} AND file."fileId" = ${fileId}::uuid
            AND file."state" = 'waiting' AND file."codeId" <= (
              SELECT "codeId" FROM (
                SELECT "codeId" FROM "FileCode" WHERE "shop" = ${shop}
                  AND "fileId" = ${fileId}::uuid AND "state" = 'waiting'
                ORDER BY "codeId" LIMIT ${limit}) next
              ORDER BY "codeId" DESC LIMIT 1)
          RETURNING file."codeId"
        )
        UPDATE "Code" code SET "impactAttempts" = GREATEST(code."impactAttempts", 1)
        FROM back WHERE code."id" = back."codeId"
        RETURNING code."id"`;
      return rows.map(({ id }) => id);
    },

    async closeAll(shop, now) {
      const open = { shop, state: "open" };
      const data = { state: "taken-back", finishedAt: now, nextLookAt: null };
      await db.registrationFile.updateMany({ where: open, data });
      const waiting = { shop, state: "waiting" };
      await db.fileCode.updateMany({ where: waiting, data: { state: "taken-back" } });
    },

    async renumber(shop, fileId) {
      const waiting = Prisma.sql`file."shop" = ${shop} AND file."fileId" = ${fileId}::uuid
        AND file."state" = 'waiting'`;
      const [row] = await db.$queryRaw<{ parts: number | null }[]>`
        WITH chosen AS (
          SELECT code."id", code."code" FROM "FileCode" file
          JOIN "Code" code ON code."id" = file."codeId" WHERE ${waiting}
        ), numbered AS (
          UPDATE "FileCode" file SET "part" = given."part"
          FROM (SELECT "id", ${PART} AS "part" FROM chosen) given
          WHERE file."codeId" = given."id" AND ${waiting}
          RETURNING file."part"
        )
        SELECT max("part") AS "parts" FROM numbered`;
      return row?.parts ?? 0;
    },
  };
}

/** Of rows with a `code`: the number of the part that it comes into, so that none reaches 5 MB. */
const PART = Prisma.sql`(1 + (sum(${ROW_BYTES}::int + length("code")) OVER (ORDER BY "code") - 1)
  / ${PART_BYTES}::int)::int`;

/** Of rows called `code`: it waits for a registration of its own, that a job makes, and can go by a file. */
function waitingIn(shop: string, scope: FileScope): Prisma.Sql {
  const those =
    "batchId" in scope
      ? Prisma.sql`code."batchId" = ${scope.batchId}::uuid`
      : selectedBy(scope.selection);
  return Prisma.sql`code."shop" = ${shop} AND ${those} AND code."shopifyState" = 'live'
    AND code."impactState" = 'planned' AND code."familyId" IS NULL AND code."partnerId" IS NOT NULL
    AND NOT code."isHeld" AND COALESCE(code."registeredAs", code."code") ~ ${CODE_IN_FILE}
    AND NOT EXISTS (
      SELECT FROM "FileCode" file WHERE file."codeId" = code."id" AND file."state" = 'waiting')`;
}

async function countWaiting(
  db: Db,
  ...[shop, scope, upTo = null]: Parameters<RegistrationFileStore["countWaiting"]>
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (
      SELECT 1 FROM "Code" code WHERE ${waitingIn(shop, scope)} LIMIT ${upTo}) counted`;
  return Number(row?.count ?? 0);
}

async function create(
  db: Db,
  ...[shop, { programId, scope }, now]: Parameters<RegistrationFileStore["create"]>
) {
  const [id, lookId] = [randomUUID(), randomUUID()];
  // The rows are locked: who takes a lease at this moment comes before, or waits and then finds the file.
  const [put] = await db.$queryRaw<{ codes: bigint; parts: number | null }[]>`
    WITH chosen AS (
      SELECT code."id", code."code" FROM "Code" code
      WHERE ${waitingIn(shop, scope)} AND (code."leaseUntil" IS NULL OR code."leaseUntil" <= ${now})
      ORDER BY code."code" FOR UPDATE
    ), put AS (
      INSERT INTO "FileCode" ("fileId", "codeId", "shop", "part", "state")
      SELECT ${id}::uuid, "id", ${shop}, ${PART}, 'waiting' FROM chosen
      ON CONFLICT DO NOTHING RETURNING "part"
    )
    SELECT count(*) AS "codes", max("part") AS "parts" FROM put`;
  const codes = Number(put?.codes ?? 0);
  if (codes === 0) return null;
  const file = { id, shop, programId, state: "open" as const, codes, parts: put?.parts ?? 1 };
  await db.registrationFile.create({ data: { ...file, lookId, createdAt: now } });
  return {
    ...{ ...file, lookId, createdAt: now, uploadedAt: null, looks: 0, lookedAt: null },
    ...{ nextLookAt: null, problem: null, finishedAt: null },
  };
}

const ARRIVED = `"codeId" uuid, "promoCodeId" text, "registeredAs" text, "registeredFrom" timestamptz`;

async function saveArrived(
  db: Db,
  ...[shop, fileId, arrived, now]: Parameters<RegistrationFileStore["saveArrived"]>
): Promise<string[]> {
  if (arrived.length === 0) return [];
  // Each row is looked up by its key: see keyed-rows.ts.
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH given AS (
      SELECT code."id", code."shop", ${fileId}::uuid AS "fileId", r."promoCodeId", r."registeredAs",
             r."registeredFrom"
      FROM ${rowsOf(shop, arrived, ARRIVED)} r
      JOIN "Code" code ON code."id" = r."codeId" AND code."shop" = r."shop"
      ORDER BY code."code" FOR UPDATE OF code
    ), found AS (
      UPDATE "FileCode" file SET "state" = 'arrived' FROM given
      WHERE file."fileId" = given."fileId" AND file."codeId" = given."id"
        AND file."shop" = given."shop" AND file."state" = 'waiting'
      RETURNING given."id", given."promoCodeId", given."registeredAs", given."registeredFrom"
    )
    UPDATE "Code" code
    SET "impactState" = 'registered', "impactPromoCodeId" = found."promoCodeId",
        "registeredAs" = found."registeredAs", "impactProblem" = NULL, "impactAttempts" = code."impactAttempts" + 1,
        "registeredAt" = ${now}, "registeredFrom" = found."registeredFrom", "leaseUntil" = NULL
    FROM found WHERE code."id" = found."id" AND code."impactState" = 'planned'
    RETURNING code."id"`;
  return rows.map(({ id }) => id);
}
