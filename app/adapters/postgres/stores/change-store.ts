import type { ShopDomain } from "#app/core/ids.ts";
import type { ChangeStore } from "#app/core/ports/change-stores.ts";
import type { Db } from "../prisma-client.ts";
import { fromChangePlan } from "./change-plan-json.ts";
import { createChangeReads } from "./change-reads.ts";
import { createChangeWrites } from "./change-writes.ts";
import { IS_CHANGING } from "./is-changing.ts";

export function createChangeStore(db: Db): ChangeStore {
  return {
    ...createChangeReads(db),
    ...createChangeWrites(db),

    async create(shop, { draftKey, plan }, now) {
      const { kind } = plan.action;
      const change = fromChangePlan(plan);
      const batch = { shop, draftKey, kind, change, state: "running", createdAt: now };
      const { count } = await db.batch.createMany({ data: [batch], skipDuplicates: true });
      const where = { shop_draftKey: { shop, draftKey } };
      const made = await db.batch.findUniqueOrThrow({ where, select: { id: true } });
      return { batchId: made.id, isNew: count > 0 };
    },

    async savePlan(shop, batchId, plan) {
      const codes = await db.change.count({ where: { shop, batchId } });
      const data = { change: fromChangePlan(plan), codes };
      await db.batch.updateMany({ where: { shop, id: batchId }, data });
    },

    async add(shop, batchId, codeIds, stage) {
      const left = stage === "retiring" ? await leaveToRetire(db, shop, batchId, codeIds) : [];
      await db.$executeRaw`
        WITH taken AS (
          INSERT INTO "Change" ("batchId", "codeId", "shop", "state", "stage")
          SELECT batch."id", code."id", ${shop}, 'open', ${stage}
          FROM "Batch" batch JOIN "Code" code ON code."shop" = batch."shop"
          WHERE batch."shop" = ${shop} AND batch."id" = ${batchId}::uuid
            AND code."id" = ANY(${[...codeIds]}::uuid[])
          ORDER BY code."id"
          ON CONFLICT DO NOTHING RETURNING "codeId"
        )
        INSERT INTO "Change" ("batchId", "codeId", "shop", "state", "stage", "problem")
        SELECT batch."id", code."id", ${shop}, 'failed', ${stage}, ${ANOTHER_AT_WORK}
        FROM "Batch" batch JOIN "Code" code ON code."shop" = batch."shop"
        WHERE batch."shop" = ${shop} AND batch."id" = ${batchId}::uuid
          AND code."id" = ANY(${[...codeIds]}::uuid[])
          AND code."id" NOT IN (SELECT "codeId" FROM taken)
        ON CONFLICT DO NOTHING`;
      return left;
    },

    async reopen(shop, batchId) {
      const rows = await db.$queryRaw<{ id: string }[]>`
        WITH again AS (
          UPDATE "Change" change
          SET "state" = 'open', "problem" = NULL, "doneAt" = NULL, "startedAt" = NULL,
              "removalId" = NULL, "ordersLeft" = 0, "ordersSince" = NULL,
              "dueAt" = CASE WHEN change."stage" = 'waiting' THEN change."dueAt" END
          WHERE change."shop" = ${shop} AND change."batchId" = ${batchId}::uuid
            AND change."state" IN ('failed', 'dropped')
            -- What was not begun has nothing left to do where its code has gone.
            AND NOT (change."stage" IN ('planned', 'making', 'waiting')
                     AND EXISTS (SELECT FROM "Code" gone WHERE gone."id" = change."codeId"
                                   AND gone."shopifyState" = 'retired'))
            AND NOT EXISTS (SELECT FROM "Change" other
                            WHERE other."codeId" = change."codeId" AND other."state" = 'open')
          RETURNING change."codeId", change."newCodeId", change."stage"
        )
        UPDATE "Code" code
        SET "impactState" = 'planned', "impactProblem" = NULL, "leaseUntil" = NULL,
            "impactAttempts" = LEAST(code."impactAttempts", 1)
        FROM again
        WHERE code."impactState" = 'failed' AND code."shop" = ${shop}
          AND (code."id" = again."codeId" AND again."stage" = 'registering'
               OR code."id" = again."newCodeId" AND again."stage" = 'making')
        RETURNING code."id"`;
      return rows.map(({ id }) => id);
    },

    async drop(shop, batchId, now) {
      const stage = { in: ["planned", "making", "waiting", "retiring"] };
      const data = { state: "dropped", doneAt: now };
      await db.change.updateMany({ where: { shop, batchId, state: "open", stage }, data });
    },
  };
}

const ANOTHER_AT_WORK = "Another batch is changing this code. Try again when that has ended.";

const RETIRED_ELSEWHERE =
  "Another batch has retired this code before its turn came here. Nothing is left to do.";

/** Who retires a code does not wait for days of grace, nor for a day that is to come. */
async function leaveToRetire(
  db: Db,
  shop: ShopDomain,
  batchId: string,
  codeIds: readonly string[],
): Promise<string[]> {
  const rows = await db.$queryRaw<{ batchId: string }[]>`
    WITH retired AS (
      UPDATE "Change" change SET "state" = 'failed', "problem" = ${RETIRED_ELSEWHERE}
      WHERE change."shop" = ${shop} AND change."codeId" = ANY(${[...codeIds]}::uuid[])
        AND change."batchId" <> ${batchId}::uuid
        AND change."state" = 'open' AND NOT (${IS_CHANGING})
        AND EXISTS (SELECT FROM "Batch" batch
                    WHERE batch."shop" = ${shop} AND batch."id" = ${batchId}::uuid)
      RETURNING change."batchId"
    )
    SELECT DISTINCT "batchId" FROM retired`;
  return rows.map((row) => row.batchId);
}
