import { Prisma } from "@prisma/client";
import type { PlannedCode } from "#app/core/batches/batch.ts";
import type { DiscountCode } from "#app/core/ids.ts";
import type { BatchStore } from "#app/core/ports/batch-stores.ts";
import type { RawSql } from "../raw-sql.ts";
import { insertCodes } from "./insert-codes.ts";

type PartWrites = Pick<
  BatchStore,
  | "addParts"
  | "noteTried"
  | "claimDiscount"
  | "listTriedOf"
  | "dropUntried"
  | "rename"
  | "listPlanned"
  | "settlePart"
>;

/** What is written of a batch's parts and their codes, each in few statements however many there are. */
export function createPartWrites(sql: RawSql): PartWrites {
  return {
    addParts: (...added) => addParts(sql, ...added),
    noteTried: (...tried) => noteTried(sql, ...tried),
    claimDiscount: (...claimed) => claimDiscount(sql, ...claimed),
    listTriedOf: (...asked) => listTriedOf(sql, ...asked),
    dropUntried: (...dropped) => dropUntried(sql, ...dropped),
    rename: (...renamed) => rename(sql, ...renamed),
    listPlanned: (...asked) => listPlanned(sql, ...asked),
    settlePart: (...settled) => settlePart(sql, ...settled),
  };
}

async function addParts(
  sql: RawSql,
  ...[shop, { id: batchId, discountId }, { from, codes }, now]: Parameters<BatchStore["addParts"]>
) {
  const given = codes.flatMap((part, index) =>
    part.map((code) => ({ ...code, part: from + index })),
  );
  const made = new Set(await insertCodes(sql, shop, { discountId, batchId }, given, now));
  await sql.$executeRaw`
    INSERT INTO "BatchPart" ("batchId", "number", "state", "codes")
    SELECT "batchId", "part", 'planned', count(*)::int FROM "Code"
    WHERE "shop" = ${shop} AND "batchId" = ${batchId}::uuid AND "part" >= ${from}
    GROUP BY "batchId", "part"
    ON CONFLICT ("batchId", "number") DO UPDATE SET "codes" = EXCLUDED."codes"`;
  return codes.flat().filter(({ code }) => !made.has(code));
}

async function noteTried(
  sql: RawSql,
  ...[shop, batchId, parts]: Parameters<BatchStore["noteTried"]>
) {
  const rows = await sql.$queryRaw<{ number: number }[]>`
    UPDATE "BatchPart" part SET "tried" = true
    FROM "Batch" batch
    WHERE batch."id" = part."batchId" AND batch."shop" = ${shop} AND batch."id" = ${batchId}::uuid
      AND part."number" = ANY(${[...parts]}::int[])
      AND (part."tried" OR batch."state" = 'running')
    RETURNING part."number"`;
  return rows.map(({ number }) => number);
}

/** Of two that come at once the second waits for the row, and then sees whose it is. */
async function claimDiscount(
  sql: RawSql,
  ...[shop, { id, discountId }]: Parameters<BatchStore["claimDiscount"]>
) {
  const claimed = await sql.$executeRaw`
    UPDATE "Discount" discount SET "madeBy" = ${id}::uuid
    WHERE discount."shop" = ${shop} AND discount."id" = ${discountId}::uuid
      AND discount."shopifyId" IS NULL
      AND (discount."madeBy" IS NULL OR discount."madeBy" = ${id}::uuid OR NOT EXISTS (
        SELECT FROM "Batch" maker WHERE maker."id" = discount."madeBy"
          AND maker."state" IN ('running', 'cancelling')))`;
  if (claimed > 0) return "ours";
  const made = await sql.$queryRaw<unknown[]>`
    SELECT FROM "Discount" WHERE "shop" = ${shop} AND "id" = ${discountId}::uuid
      AND "shopifyId" IS NOT NULL`;
  return made.length > 0 ? "made" : "theirs";
}

async function listTriedOf(
  sql: RawSql,
  ...[shop, { id, discountId }, limit]: Parameters<BatchStore["listTriedOf"]>
) {
  const rows = await sql.$queryRaw<{ code: DiscountCode }[]>`
    SELECT min(code."code") AS "code" FROM "Batch" other
    JOIN "BatchPart" part ON part."batchId" = other."id" AND part."tried" AND part."state" <> 'done'
    JOIN "Code" code ON code."shop" = ${shop} AND code."batchId" = other."id"
      AND code."part" = part."number" AND code."shopifyState" = 'planned'
    WHERE other."shop" = ${shop} AND other."discountId" = ${discountId}::uuid AND other."id" <> ${id}::uuid
    GROUP BY part."batchId", part."number" ORDER BY 1 LIMIT ${limit}`;
  return rows.map(({ code }) => code);
}

/**
 * The part goes first: one that is noted as tried at this moment stays, and so do its codes. Codes that
 * were live before were not this batch's to begin with: they have a history, and keep it.
 */
async function dropUntried(
  sql: RawSql,
  ...[shop, batchId, most]: Parameters<BatchStore["dropUntried"]>
) {
  const [counts] = await sql.$queryRaw<{ parts: number; dropped: number; putBack: number }[]>`
    WITH parts AS (
      DELETE FROM "BatchPart" part USING "Batch" batch
      WHERE batch."id" = part."batchId" AND batch."shop" = ${shop} AND batch."id" = ${batchId}::uuid
        AND NOT part."tried" AND part."number" IN (
          SELECT "number" FROM "BatchPart" WHERE "batchId" = ${batchId}::uuid AND NOT "tried"
          ORDER BY "number" DESC LIMIT ${most})
      RETURNING part."number"
    ), back AS (
      UPDATE "Code" code SET "shopifyState" = 'live', "batchId" = NULL, "part" = NULL FROM parts
      WHERE code."shop" = ${shop} AND code."batchId" = ${batchId}::uuid
        AND code."part" = parts."number" AND code."shopifyState" = 'planned'
        AND code."liveAt" IS NOT NULL
      RETURNING code."id"
    ), gone AS (
      DELETE FROM "Code" code USING parts
      WHERE code."shop" = ${shop} AND code."batchId" = ${batchId}::uuid
        AND code."part" = parts."number" AND code."shopifyState" = 'planned'
        AND code."liveAt" IS NULL
      RETURNING code."id", code."code", code."createdAt", code."endsAt", code."reach"
    ), ${givenBack(shop, batchId)}
    SELECT (SELECT count(*)::int FROM parts) AS "parts",
           (SELECT count(*)::int FROM gone) AS "dropped",
           (SELECT count(*)::int FROM back) AS "putBack"`;
  return counts ?? { parts: 0, dropped: 0, putBack: 0 };
}

/** Codes that are `gone` become rows of the batch's upload again; a start that was no row's is none. */
function givenBack(shop: string, batchId: string): Prisma.Sql {
  return Prisma.sql`
    upload AS (
      UPDATE "Upload" SET "state" = 'taken'
      WHERE "shop" = ${shop} AND "batchId" = ${batchId}::uuid AND EXISTS (SELECT FROM gone)
      RETURNING "id", "shop"
    ), given AS (
      INSERT INTO "UploadRow" ("uploadId", "shop", "number", "code", "partnerId", "startsAt",
                               "endsAt", "reach")
      SELECT upload."id", upload."shop",
        COALESCE((SELECT max(row."number") FROM "UploadRow" row
                  WHERE row."uploadId" = upload."id"), 0) + row_number() OVER (ORDER BY gone."code"),
        gone."code", assignment."partnerId",
        NULLIF(assignment."startsAt", date_trunc('second', gone."createdAt")),
        gone."endsAt", gone."reach"
      FROM upload, gone
      JOIN "Assignment" assignment
        ON assignment."codeId" = gone."id" AND assignment."endsAt" IS NULL
    )`;
}

async function rename(sql: RawSql, ...[shop, codes]: Parameters<BatchStore["rename"]>) {
  const rows = await sql.$queryRaw<{ id: string }[]>`
    UPDATE "Code" code SET "code" = given."code", "familyId" = given."familyId"
    FROM jsonb_to_recordset(${JSON.stringify(codes)}::jsonb)
      AS given("codeId" uuid, "code" text, "familyId" uuid)
    WHERE code."shop" = ${shop} AND code."id" = given."codeId" AND code."shopifyState" = 'planned'
      AND NOT EXISTS (SELECT FROM "Code" other
                      WHERE other."shop" = ${shop} AND other."code" = given."code")
    RETURNING code."id"`;
  const renamed = new Set(rows.map(({ id }) => id));
  return codes.map(({ codeId }) => codeId).filter((codeId) => !renamed.has(codeId));
}

async function listPlanned(
  sql: RawSql,
  ...[shop, batchId, parts]: Parameters<BatchStore["listPlanned"]>
) {
  const rows = await sql.$queryRaw<(PlannedCode & { part: number })[]>`
    SELECT code."id", code."code", code."part", code."reach", assignment."partnerId"
    FROM "Code" code
    LEFT JOIN "Assignment" assignment
      ON assignment."codeId" = code."id" AND assignment."endsAt" IS NULL
    WHERE code."shop" = ${shop} AND code."batchId" = ${batchId}::uuid
      AND code."part" = ANY(${[...parts]}::int[]) AND code."shopifyState" = 'planned'
    ORDER BY code."code"`;
  const byPart = new Map<number, PlannedCode[]>();
  for (const { part, ...code } of rows) {
    const codes = byPart.get(part);
    if (codes) codes.push(code);
    else byPart.set(part, [code]);
  }
  return byPart;
}

async function settlePart(
  sql: RawSql,
  ...[shop, batchId, part, { failed, anew }, now]: Parameters<BatchStore["settlePart"]>
) {
  const rows = await sql.$queryRaw<{ id: string; familyId: string | null; isLive: boolean }[]>`
    UPDATE "Code" code
    SET "shopifyState" = CASE WHEN refused."codeId" IS NULL THEN 'live' ELSE 'failed' END,
        "shopifyProblem" = refused."problem",
        "liveAt" = CASE WHEN refused."codeId" IS NULL THEN ${now}::timestamptz ELSE code."liveAt" END
    FROM "Code" mine
    LEFT JOIN jsonb_to_recordset(${JSON.stringify(failed)}::jsonb)
      AS refused("codeId" uuid, "problem" text) ON refused."codeId" = mine."id"
    WHERE mine."id" = code."id" AND code."shop" = ${shop} AND code."batchId" = ${batchId}::uuid
      AND code."part" = ${part} AND code."shopifyState" = 'planned'
      AND NOT code."id" = ANY(${[...anew]}::uuid[])
    RETURNING code."id", code."familyId", code."shopifyState" = 'live' AS "isLive"`;
  await sql.$executeRaw`
    UPDATE "BatchPart" part
    SET "state" = CASE WHEN made."planned" = 0 THEN 'done' ELSE 'planned' END,
        "doneAt" = CASE WHEN made."planned" = 0 THEN ${now}::timestamptz END,
        "bulkCreationId" = NULL, "askedAt" = NULL, "live" = made."live", "failed" = made."failed"
    FROM (SELECT count(*) FILTER (WHERE "shopifyState" = 'planned') AS "planned",
                 count(*) FILTER (WHERE "shopifyState" = 'live')::int AS "live",
                 count(*) FILTER (WHERE "shopifyState" = 'failed')::int AS "failed"
          FROM "Code" WHERE "shop" = ${shop} AND "batchId" = ${batchId}::uuid AND "part" = ${part}) made,
         "Batch" batch
    WHERE batch."id" = part."batchId" AND batch."shop" = ${shop}
      AND part."batchId" = ${batchId}::uuid AND part."number" = ${part}`;
  return rows.filter(({ isLive }) => isLive).map(({ id, familyId }) => ({ id, familyId }));
}
