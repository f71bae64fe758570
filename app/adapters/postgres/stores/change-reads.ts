import { Prisma } from "@prisma/client";
import type { Done } from "#app/core/batches/pace.ts";
import type { Change, ChangeStage } from "#app/core/changes/change.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import type { ChangeCounts, ChangeStore, SelectionCounts } from "#app/core/ports/change-stores.ts";
import type { Db } from "../prisma-client.ts";
import { selectedBy } from "./code-conditions.ts";
import { selectCodes } from "./select-codes.ts";

type ChangeReads = Pick<
  ChangeStore,
  | "list"
  | "listFailed"
  | "count"
  | "listDoneSince"
  | "countSelection"
  | "countSharing"
  | "isSharedElsewhere"
>;

export function createChangeReads(db: Db): ChangeReads {
  return {
    list: (shop, batchId, { stages, limit, now }) =>
      select(db, shop, {
        condition: Prisma.sql`change."batchId" = ${batchId}::uuid AND change."state" = 'open'
          AND change."stage" = ANY(${[...stages]}::text[])
          AND (change."stage" <> 'waiting' OR change."dueAt" <= ${now})`,
        limit,
      }),

    listFailed: (shop, batchId, { after, limit }) =>
      select(db, shop, {
        condition: Prisma.sql`change."batchId" = ${batchId}::uuid AND change."state" = 'failed'
          AND code."code" > ${after ?? ""}`,
        limit,
      }),

    async countSharing(shop, { id, impactPromoCodeId }) {
      if (impactPromoCodeId === null) return 0;
      const where = { shop, impactPromoCodeId, id: { not: id }, impactState: { not: "expired" } };
      return db.code.count({ where });
    },

    async isSharedElsewhere(shop, promoCodeId) {
      const [row] = await db.$queryRaw<{ isShared: boolean }[]>`
        SELECT EXISTS (
          SELECT 1 FROM "ImpactAccount" ours
          JOIN "ProgramUse" u ON u."accountSid" = ours."accountSid" AND u."shop" <> ours."shop"
          JOIN "Code" code ON code."shop" = u."shop"
          WHERE ours."shop" = ${shop} AND code."impactPromoCodeId" = ${promoCodeId}
            AND code."impactState" <> 'expired'
        ) AS "isShared"`;
      return row?.isShared ?? false;
    },

    count: (shop, batchId) => count(db, shop, batchId),

    async listDoneSince(shop, batchId, since) {
      return db.$queryRaw<Done[]>`
        SELECT "doneAt", count(*)::int AS "codes" FROM "Change"
        WHERE "shop" = ${shop} AND "batchId" = ${batchId}::uuid AND "state" = 'done'
          AND "doneAt" >= ${since}
        GROUP BY "doneAt" ORDER BY "doneAt" DESC`;
    },
    countSelection: (...asked) => countSelection(db, ...asked),
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
           change."removalId", change."newCodeId", change."startedAt", discount."shopifyId",
           fresh."id" AS "new_id", fresh."code" AS "new_code",
           fresh."shopifyState" AS "new_shopifyState", fresh."shopifyProblem" AS "new_shopifyProblem"
    FROM "Change" change
    JOIN "Code" code ON code."id" = change."codeId"
    JOIN "Discount" discount ON discount."id" = code."discountId"
    LEFT JOIN "Code" fresh ON fresh."id" = change."newCodeId"
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
  const { new_id: id, new_code: text, new_shopifyState: shopifyState } = row;
  return {
    ...{ batchId, code, shopifyId, state, stage, problem, removalId, newCodeId, startedAt },
    newCode:
      id && text && shopifyState
        ? { id, code: text, shopifyState, shopifyProblem: row.new_shopifyProblem }
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
  };
  for (const { state, stage, _count } of groups) {
    // Only this store writes the columns, so their values are known.
    if (state === "open") counts.open[stage as ChangeStage] += _count;
    else counts[state as "done" | "failed" | "dropped"] += _count;
  }
  const waiting = { shop, batchId, state: "open", stage: "waiting" };
  const { _min: first } = await db.change.aggregate({ where: waiting, _min: { dueAt: true } });
  return { ...counts, dueAt: first.dueAt };
}

async function countSelection(
  db: Db,
  ...[shop, selection, partnerId]: Parameters<ChangeStore["countSelection"]>
): Promise<SelectionCounts> {
  const [row] = await db.$queryRaw<Record<keyof SelectionCounts, bigint>[]>`
    SELECT count(*) AS "all", count(*) FILTER (WHERE code."shopifyState" = 'live') AS "live",
           count(*) FILTER (WHERE code."impactState" = 'registered' AND code."shopifyState" = 'live')
             AS "registered",
           count(*) FILTER (WHERE code."shopifyState" = 'live' AND code."partnerId" IS NULL)
             AS "unassigned",
           count(*) FILTER (WHERE code."shopifyState" = 'live' AND code."partnerId" = ${partnerId})
             AS "alreadyTheirs"
    FROM "Code" code WHERE code."shop" = ${shop} AND ${selectedBy(selection)}`;
  return {
    all: Number(row?.all ?? 0),
    live: Number(row?.live ?? 0),
    registered: Number(row?.registered ?? 0),
    unassigned: Number(row?.unassigned ?? 0),
    alreadyTheirs: Number(row?.alreadyTheirs ?? 0),
  };
}
