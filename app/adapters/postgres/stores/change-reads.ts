import { Prisma } from "@prisma/client";
import type { Done } from "#app/core/batches/pace.ts";
import type { Change, ChangeStage } from "#app/core/changes/change.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import type {
  ChangeCounts,
  ChangeStore,
  SelectionCounts,
  Trial,
} from "#app/core/ports/change-stores.ts";
import type { Db } from "../prisma-client.ts";
import { NEEDING_CLICK, selectedBy } from "./code-conditions.ts";
import { countOlderOrders } from "./count-older-orders.ts";
import { countToRotate, isRotated } from "./count-to-rotate.ts";
import { isSharedElsewhere, otherShops, usedElsewhere } from "./is-shared-elsewhere.ts";
import { selectCodes } from "./select-codes.ts";

type ChangeReads = Pick<
  ChangeStore,
  | "list"
  | "countOlderOrders"
  | "listFailed"
  | "count"
  | "listDoneSince"
  | "countSelection"
  | "countToRotate"
  | "countSharing"
  | "isSharedElsewhere"
  | "findTrial"
  | "listStopped"
>;

export function createChangeReads(db: Db): ChangeReads {
  return {
    list: (shop, batchId, { stages, limit, now }) =>
      select(db, shop, {
        condition: Prisma.sql`change."batchId" = ${batchId}::uuid AND change."state" = 'open'
          AND change."stage" = ANY(${[...stages]}::text[])
          AND (change."dueAt" IS NULL OR ${now}::timestamptz IS NULL OR change."dueAt" <= ${now})`,
        limit,
      }),

    listFailed: (shop, batchId, { after, limit }) =>
      select(db, shop, {
        condition: Prisma.sql`change."batchId" = ${batchId}::uuid AND change."state" = 'failed'
          AND code."code" > ${after ?? ""}`,
        limit,
      }),

    countOlderOrders: (...asked) => countOlderOrders(db, ...asked),

    async countSharing(shop, { id, impactPromoCodeId }) {
      if (impactPromoCodeId === null) return 0;
      const where = { shop, impactPromoCodeId, id: { not: id }, impactState: { not: "expired" } };
      return db.code.count({ where });
    },

    isSharedElsewhere: (shop, promoCodeId) => isSharedElsewhere(db, shop, promoCodeId),

    count: (shop, batchId) => count(db, shop, batchId),

    findTrial: (shop, batchId) => findTrial(db, shop, batchId),

    async listStopped(shop, batchId) {
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT DISTINCT making."id" FROM "Change" change
        JOIN "Code" fresh ON fresh."id" = change."newCodeId" AND fresh."shopifyState" = 'planned'
        JOIN "Batch" making ON making."id" = fresh."batchId" AND making."state" = 'failed'
        WHERE change."shop" = ${shop} AND change."batchId" = ${batchId}::uuid
          AND change."stage" = 'making'`;
      return rows.map(({ id }) => id);
    },

    async listDoneSince(shop, batchId, since) {
      return db.$queryRaw<Done[]>`
        SELECT "doneAt", count(*)::int AS "codes" FROM "Change"
        WHERE "shop" = ${shop} AND "batchId" = ${batchId}::uuid AND "state" = 'done'
          AND "doneAt" >= ${since}
        GROUP BY "doneAt" ORDER BY "doneAt" DESC`;
    },
    countSelection: (...asked) => countSelection(db, ...asked),
    countToRotate: (...asked) => countToRotate(db, ...asked),
  };
}

type ChangeRow = Omit<Change, "code" | "newCode"> & { codeId: string } & {
  [Key in keyof NonNullable<Change["newCode"]> as `new_${Key}`]:
    NonNullable<Change["newCode"]>[Key] | null;
};

async function select(
  db: Db,
  shop: ShopDomain,
  { condition, limit }: { condition: Prisma.Sql; limit: number },
): Promise<Change[]> {
  const rows = await db.$queryRaw<ChangeRow[]>`
    SELECT change."batchId", change."codeId", change."state", change."stage", change."problem",
           change."removalId", change."newCodeId", change."startedAt", change."ordersSince",
           discount."shopifyId",
           fresh."id" AS "new_id", fresh."code" AS "new_code",
           fresh."shopifyState" AS "new_shopifyState", fresh."shopifyProblem" AS "new_shopifyProblem",
           fresh."impactState" AS "new_impactState", fresh."impactProblem" AS "new_impactProblem",
           CASE WHEN making."state" = 'failed' AND fresh."shopifyState" = 'planned'
                THEN COALESCE(making."problem", '') END AS "new_stopped"
    FROM "Change" change
    JOIN "Code" code ON code."id" = change."codeId"
    JOIN "Discount" discount ON discount."id" = code."discountId"
    LEFT JOIN "Code" fresh ON fresh."id" = change."newCodeId"
    LEFT JOIN "Batch" making ON making."id" = fresh."batchId"
    WHERE change."shop" = ${shop} AND ${condition}
    ORDER BY code."code" LIMIT ${limit}`;
  const codeIds = rows.map(({ codeId }) => codeId);
  const theirs = Prisma.sql`code."id" = ANY(${codeIds}::uuid[])`;
  const codes = rows.length > 0 ? await selectCodes(db, shop, theirs) : [];
  const byId = new Map(codes.map((code) => [code.id, code]));
  return rows.flatMap((row) => {
    const code = byId.get(row.codeId);
    return code ? [toChange(row, code)] : [];
  });
}

function toChange(row: ChangeRow, code: Change["code"]): Change {
  const { batchId, shopifyId, state, stage, problem, removalId, newCodeId, startedAt } = row;
  const { ordersSince } = row;
  const { new_id: id, new_code: text, new_shopifyState: shopifyState } = row;
  const { new_impactState: impactState, new_impactProblem: impactProblem } = row;
  return {
    ...{ batchId, code, shopifyId, state, stage, problem, removalId, newCodeId, startedAt },
    ordersSince,
    newCode:
      id && text && shopifyState && impactState
        ? {
            ...{ id, code: text, shopifyState, shopifyProblem: row.new_shopifyProblem },
            ...{ impactState, impactProblem, stopped: row.new_stopped },
          }
        : null,
  };
}

const NONE_OPEN: Record<ChangeStage, number> = {
  ...{ planned: 0, making: 0, waiting: 0, retiring: 0 },
  ...{ removing: 0, ending: 0, "handing-over": 0, registering: 0 },
};

async function count(db: Db, shop: ShopDomain, batchId: string): Promise<ChangeCounts> {
  const groups = await db.change.groupBy({
    by: ["state", "stage"],
    where: { shop, batchId },
    _count: true,
  });
  const counts: ChangeCounts = {
    open: { ...NONE_OPEN },
    done: 0,
    failed: 0,
    dropped: 0,
    dueAt: null,
    putOff: { codes: 0, orders: 0, nextAt: null },
  };
  for (const { state, stage, _count } of groups) {
    // Only this store writes the columns, so their values are known.
    if (state === "open") counts.open[stage as ChangeStage] += _count;
    else counts[state as "done" | "failed" | "dropped"] += _count;
  }
  const waiting = { shop, batchId, state: "open", stage: "waiting" };
  const { _min: first } = await db.change.aggregate({ where: waiting, _min: { dueAt: true } });
  const left = { ordersLeft: { gt: 0 }, stage: { in: ["planned", "ending"] } };
  const putOff = await db.change.aggregate({
    where: { shop, batchId, state: "open", ...left },
    ...{ _count: true, _sum: { ordersLeft: true }, _min: { dueAt: true } },
  });
  const { _count: codes, _sum: sum, _min: next } = putOff;
  const older = { codes, orders: sum.ordersLeft ?? 0, nextAt: next.dueAt };
  return { ...counts, dueAt: first.dueAt, putOff: older };
}

/** Of those that had a registration that ended, which alone show whether impact.com takes a code again. */
async function findTrial(db: Db, shop: ShopDomain, batchId: string): Promise<Trial> {
  const [row] = await db.$queryRaw<Omit<Trial, "refused">[]>`
    SELECT COALESCE(bool_or(change."state" = 'done' AND code."impactState" = 'registered'), FALSE)
             AS "isPassed",
           COALESCE(bool_or(change."state" = 'open'), FALSE) AS "isUnderWay"
    FROM "Change" change JOIN "Code" code ON code."id" = change."codeId"
    WHERE change."shop" = ${shop} AND change."batchId" = ${batchId}::uuid
      AND (change."stage" = 'registering' AND code."registeredUntil" IS NOT NULL
           OR change."stage" = 'handing-over' AND code."impactPromoCodeId" IS NOT NULL)`;
  const [refused] = await db.$queryRaw<NonNullable<Trial["refused"]>[]>`
    SELECT code."code", COALESCE(change."problem", '') AS "problem"
    FROM "Change" change JOIN "Code" code ON code."id" = change."codeId"
    WHERE change."shop" = ${shop} AND change."batchId" = ${batchId}::uuid
      AND change."state" = 'failed' AND change."stage" = 'registering'
      AND code."registeredUntil" IS NOT NULL LIMIT 1`;
  const { isPassed = false, isUnderWay = false } = row ?? {};
  return { isPassed, isUnderWay, refused: refused ?? null };
}

async function countSelection(
  db: Db,
  ...[shop, selection, { partnerId, isRotation, now }]: Parameters<ChangeStore["countSelection"]>
): Promise<SelectionCounts> {
  const [row] = await db.$queryRaw<SelectionCounts[]>`
    WITH others AS MATERIALIZED (${otherShops(shop)}), shared AS MATERIALIZED (
      SELECT "impactPromoCodeId" AS "id", count(*) AS "codes" FROM "Code"
      WHERE "shop" = ${shop} AND "impactPromoCodeId" IS NOT NULL AND "impactState" <> 'expired'
      GROUP BY 1 HAVING count(*) > 1
    ), chosen AS MATERIALIZED (
      SELECT code."shopifyState" = 'live' AS "isLive", code."partnerId",
             code."shopifyState" = 'live' AND code."impactState" = 'registered' AS "isRegistered",
             code."partnerId" IS NOT DISTINCT FROM ${partnerId}::text AND ${partnerId}::text IS NOT NULL
               AS "isTheirs",
             code."familyId" IS NOT NULL OR shared."id" IS NOT NULL AS "isBound",
             COALESCE(${NEEDING_CLICK}, false) AS "needsClick",
             NOT COALESCE(partner."hasContract", TRUE) AS "isLapsed",
             ${isRotated(now)} AS "isRotated", ${isRotated(now)} OR NOT ${isRotation} AS "goes",
             code."familyId", code."impactPromoCodeId",
             shared."codes" AS "sharedBy"
      FROM "Code" code LEFT JOIN shared ON shared."id" = code."impactPromoCodeId"
      LEFT JOIN "Partner" partner
        ON partner."shop" = code."shop" AND partner."partnerId" = code."partnerId"
      JOIN "Discount" discount ON discount."id" = code."discountId"
      WHERE code."shop" = ${shop} AND ${selectedBy(selection)}
    ), ended AS (
      SELECT count(*) AS "codes" FROM chosen
      WHERE "isRegistered" AND "goes" AND "familyId" IS NULL AND "impactPromoCodeId" IS NOT NULL
      GROUP BY "impactPromoCodeId" HAVING COALESCE(max("sharedBy"), 1) <= count(*)
        AND NOT ${usedElsewhere(Prisma.sql`chosen."impactPromoCodeId"`)}
    ), families AS (
      SELECT count(*) FILTER (WHERE "isRegistered") AS "codes"
      FROM chosen JOIN "CodeFamily" own ON own."id" = chosen."familyId"
      WHERE chosen."isLive" AND chosen."goes" AND own."shop" = ${shop} AND own."promoCodeId" IS NOT NULL
      GROUP BY own."id" HAVING count(*) >= (
        SELECT count(*) FROM "Code" code WHERE code."shop" = ${shop}
          AND code."familyId" = own."id" AND code."shopifyState" IN ('planned', 'live'))
        AND NOT ${usedElsewhere(Prisma.sql`own."promoCodeId"`)}
    )
    SELECT count(*)::int AS "all",
           (count(*) FILTER (WHERE "isLive"))::int AS "live",
           (count(*) FILTER (WHERE "isRegistered"))::int AS "registered",
           (count(*) FILTER (WHERE "isLive" AND "partnerId" IS NULL))::int AS "unassigned",
           (count(*) FILTER (WHERE "isLive" AND "isLapsed"))::int AS "lapsed",
           (count(*) FILTER (WHERE "isLive" AND "partnerId" IS NOT NULL AND NOT "isLapsed"
             AND NOT "isRotated"))::int AS "ended",
           (count(*) FILTER (WHERE "isLive" AND "isTheirs"))::int AS "alreadyTheirs",
           ((SELECT count(*) FROM ended) + (SELECT count(*) FROM families))::int AS "endings",
           (SELECT count(*) FROM families)::int AS "familyEndings",
           (count(*) FILTER (WHERE "isRegistered" AND "goes")
             - COALESCE((SELECT sum("codes") FROM ended), 0)
             - COALESCE((SELECT sum("codes") FROM families), 0))::int AS "goingOn",
           (count(*) FILTER (WHERE "isLive" AND NOT "isTheirs" AND "isBound"))::int AS "bound",
           (count(*) FILTER (WHERE "isRegistered" AND NOT "isTheirs" AND NOT "isBound"))::int
             AS "free",
           (count(*) FILTER (WHERE "needsClick" AND NOT "isBound"))::int AS "needingClick"
    FROM chosen`;
  if (!row) throw new Error("a count has no row");
  return row;
}
