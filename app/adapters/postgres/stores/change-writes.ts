import { Prisma } from "@prisma/client";
import type { ChangeStore } from "#app/core/ports/change-stores.ts";
import type { Db } from "../prisma-client.ts";

type ChangeWrites = Pick<
  ChangeStore,
  | "begin"
  | "move"
  | "putOff"
  | "saveNewCodes"
  | "retire"
  | "expire"
  | "handOver"
  | "registerAnew"
  | "settle"
>;

/** Each step writes the change and its code in one statement, or in few that a transaction holds together. */
export function createChangeWrites(db: Db): ChangeWrites {
  return {
    async begin(shop, batchId, codeIds, { stage, unregisters = false }, now) {
      // The code's row is what whoever registers it takes a lease on.
      const rows = await db.$queryRaw<{ codeId: string }[]>`
        WITH held AS (
          UPDATE "Code" code
          SET "isHeld" = true, "leaseUntil" = NULL,
              "impactState" = CASE WHEN ${unregisters} AND code."impactState" = 'registered'
                              THEN 'planned' ELSE code."impactState" END,
              -- One in a registration file may be registered by now: impact.com is asked.
              "impactAttempts" = GREATEST(code."impactAttempts", (SELECT count(*)::int
                FROM "FileCode" file WHERE file."codeId" = code."id" AND file."state" = 'waiting'))
          FROM "Change" change
          WHERE change."codeId" = code."id" AND ${openOnes(shop, batchId, codeIds)}
            AND code."shop" = ${shop} AND (code."leaseUntil" IS NULL OR code."leaseUntil" <= ${now})
          RETURNING code."id"
        ), unfiled AS (
          UPDATE "FileCode" file SET "state" = 'taken-back' FROM held
          WHERE file."codeId" = held."id" AND file."state" = 'waiting'
        )
        UPDATE "Change" change
        SET "stage" = ${stage}, "startedAt" = COALESCE(change."startedAt", ${now}::timestamptz)
        FROM held WHERE change."codeId" = held."id" AND ${openOnes(shop, batchId, codeIds)}
        RETURNING change."codeId"`;
      return rows.map(({ codeId }) => codeId);
    },

    async move(shop, batchId, codeIds, to) {
      const codeId = { in: [...codeIds] };
      await db.change.updateMany({ where: { shop, batchId, codeId, state: "open" }, data: to });
    },

    async putOff(shop, batchId, changes, now) {
      if (changes.length === 0) return;
      await db.$executeRaw`
        UPDATE "Change" change
        SET "ordersLeft" = given."orders", "dueAt" = given."nextAt",
            "ordersSince" = COALESCE(change."ordersSince", ${now}::timestamptz)
        FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
          AS given("codeId" uuid, "orders" int, "nextAt" timestamptz)
        WHERE change."shop" = ${shop} AND change."batchId" = ${batchId}::uuid
          AND change."codeId" = given."codeId" AND change."state" = 'open'`;
    },

    async saveNewCodes(shop, batchId, drawn) {
      await db.$executeRaw`
        UPDATE "Change" change SET "stage" = 'making', "newCodeId" = code."id"
        FROM jsonb_to_recordset(${JSON.stringify(drawn)}::jsonb) AS given("codeId" uuid, "code" text)
        JOIN "Code" code ON code."shop" = ${shop} AND code."code" = given."code"
        WHERE change."shop" = ${shop} AND change."batchId" = ${batchId}::uuid
          AND change."codeId" = given."codeId" AND change."state" = 'open'`;
    },

    async retire(shop, batchId, codeIds, now) {
      await db.$executeRaw`
        WITH gone AS (
          UPDATE "Change" change SET "stage" = 'ending'
          WHERE ${openOnes(shop, batchId, codeIds)} RETURNING change."codeId"
        ), ended AS (
          UPDATE "Assignment" assignment
          SET "endsAt" = GREATEST(assignment."startsAt", ${now}::timestamptz)
          FROM gone WHERE assignment."codeId" = gone."codeId" AND assignment."endsAt" IS NULL
        )
        UPDATE "Code" code SET "shopifyState" = 'retired', "shopifyProblem" = NULL
        FROM gone WHERE code."id" = gone."codeId"`;
    },

    async expire(shop, batchId, codeId, until, now) {
      await db.$executeRaw`
        WITH done AS (
          UPDATE "Change" change SET "state" = 'done', "doneAt" = ${now}
          WHERE ${openOnes(shop, batchId, [codeId])} RETURNING change."codeId"
        )
        UPDATE "Code" code
        SET "impactState" = 'expired', "impactProblem" = NULL, "isHeld" = false,
            "registeredUntil" = COALESCE(${until}::timestamptz, code."registeredUntil")
        FROM done WHERE code."id" = done."codeId"`;
    },

    async handOver(shop, batchId, codeId, { partnerId, at, wasRegistered }) {
      // Whoever comes a second time finds it given, and maybe registered by now.
      const thisOne = Prisma.sql`${openOnes(shop, batchId, [codeId])}
        AND change."stage" = 'handing-over'`;
      await db.$executeRaw`
        UPDATE "Assignment" assignment SET "endsAt" = GREATEST(assignment."startsAt", ${at}::timestamptz)
        FROM "Change" change
        WHERE assignment."codeId" = change."codeId" AND assignment."endsAt" IS NULL
          AND ${thisOne}`;
      await db.$executeRaw`
        INSERT INTO "Assignment" ("id", "shop", "codeId", "partnerId", "startsAt")
        SELECT gen_random_uuid(), ${shop}, change."codeId", ${partnerId}, ${at}
        FROM "Change" change WHERE ${thisOne}`;
      await db.$executeRaw`
        WITH given AS (
          UPDATE "Change" change SET "stage" = 'registering'
          WHERE ${thisOne} RETURNING change."codeId"
        ), unfiled AS (
          UPDATE "FileCode" file SET "state" = 'taken-back' FROM given
          WHERE file."codeId" = given."codeId" AND file."state" = 'waiting'
        )
        UPDATE "Code" code
        SET "isHeld" = false, "impactState" = 'planned', "impactPromoCodeId" = NULL,
            "impactProblem" = NULL, "impactAttempts" = 0, "registeredAt" = NULL,
            "registeredUntil" = CASE WHEN ${wasRegistered} THEN ${at}::timestamptz
                                ELSE code."registeredUntil" END
        FROM given WHERE code."id" = given."codeId"`;
    },

    async registerAnew(shop, batchId, codeId, { keepsReach }) {
      await db.$executeRaw`
        WITH ended AS (
          UPDATE "Change" change SET "stage" = 'registering'
          WHERE ${openOnes(shop, batchId, [codeId])} AND change."stage" = 'handing-over'
          RETURNING change."codeId"
        )
        UPDATE "Code" code
        SET "isHeld" = false, "reach" = CASE WHEN ${keepsReach} THEN code."reach" END, "impactState" = 'planned', "registeredAt" = NULL,
            "impactPromoCodeId" = NULL, "impactProblem" = NULL, "impactAttempts" = 0
        FROM ended WHERE code."id" = ended."codeId"`;
    },

    async settle(shop, batchId, ends, now) {
      if (ends.length === 0) return;
      await db.$executeRaw`
        WITH ended AS (
          UPDATE "Change" change
          SET "state" = CASE WHEN given."problem" IS NULL THEN 'done' ELSE 'failed' END,
              "problem" = given."problem", "stage" = COALESCE(given."stage", change."stage"),
              "doneAt" = ${now}
          FROM jsonb_to_recordset(${JSON.stringify(ends)}::jsonb)
            AS given("codeId" uuid, "problem" text, "stage" text)
          WHERE change."shop" = ${shop} AND change."batchId" = ${batchId}::uuid
            AND change."codeId" = given."codeId" AND change."state" = 'open'
          RETURNING change."codeId"
        )
        UPDATE "Code" code SET "isHeld" = false FROM ended
        WHERE code."id" = ended."codeId" AND code."isHeld"`;
    },
  };
}

/** A condition on rows called `change`. */
function openOnes(shop: string, batchId: string, codeIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`change."shop" = ${shop} AND change."batchId" = ${batchId}::uuid
    AND change."codeId" = ANY(${[...codeIds]}::uuid[]) AND change."state" = 'open'`;
}
