import { Prisma, type Reconciliation as RunRow } from "@prisma/client";
import type { ShopDomain } from "#app/core/ids.ts";
import type { Reconciliation, RunKind } from "#app/core/ledger/reconciliation.ts";
import type { ReconciliationStore } from "#app/core/ports/ledger-stores.ts";
import type { Db } from "../prisma-client.ts";

export function createReconciliationStore(db: Db): ReconciliationStore {
  return {
    async start(shop, { kind, from, to, discountId = null }, now) {
      // Two who start at once get one statement after the other: the second sees the first's run.
      const name = `reconciliation/${kind}/${shop}`;
      await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
      const running = await db.reconciliation.count({ where: { shop, kind, state: "running" } });
      if (running > 0) return null;
      const times = { fromAt: from, toAt: to, startedAt: now, progressAt: now };
      const row = await db.reconciliation.create({
        data: { shop, kind, discountId, state: "running", ...times },
      });
      return toRun(row);
    },

    async find(shop, runId) {
      const row = await db.reconciliation.findFirst({ where: { shop, id: runId } });
      return row && toRun(row);
    },

    async list(shop, { kind, notOfKind, state, limit }) {
      const rows = await db.reconciliation.findMany({
        where: {
          shop,
          ...(kind && { kind }),
          ...(notOfKind && { kind: { not: notOfKind } }),
          ...(state && { state }),
        },
        orderBy: [{ startedAt: "desc" }, { id: "asc" }],
        take: limit,
      });
      return rows.map(toRun);
    },

    async findFinished(shop, { kinds, coveringMs }) {
      const [row] = await db.$queryRaw<RunRow[]>`
        SELECT * FROM "Reconciliation"
        WHERE "shop" = ${shop} AND "kind" = ANY(${kinds}::text[]) AND "state" = 'finished'
          AND EXTRACT(EPOCH FROM "toAt" - "fromAt") * 1000 >= ${coveringMs}
        ORDER BY "startedAt" DESC LIMIT 1`;
      return row ? toRun(row) : null;
    },

    async save(shop, before, after) {
      const { state, cursor, listed, found, otherCurrency } = after;
      const { attempts, problem, progressAt, finishedAt } = after;
      const { count } = await db.reconciliation.updateMany({
        where: {
          shop,
          id: before.id,
          state: "running",
          cursor: before.cursor,
          listed: before.listed,
          attempts: before.attempts,
        },
        data: {
          ...{ state, cursor, listed, found, otherCurrency },
          ...{ attempts, problem, progressAt, finishedAt },
        },
      });
      return count > 0;
    },

    async follow(shop, kind) {
      const where = { shop, kind, state: "running" };
      const { count } = await db.reconciliation.updateMany({ where, data: { isFollowed: true } });
      return count > 0;
    },

    async shopsToPlan({ after, limit }) {
      const rows = await db.$queryRaw<
        { shop: string; hasProgram: boolean; seesAllOrders: boolean; timeZone: string }[]
      >(Prisma.sql`
        SELECT s."domain" AS "shop", s."timeZone",
          EXISTS (SELECT 1 FROM "Program" p WHERE p."shop" = s."domain") AS "hasProgram",
          EXISTS (SELECT 1 FROM "Session" session WHERE session."shop" = s."domain"
            AND NOT session."isOnline"
            AND 'read_all_orders' = ANY(string_to_array(session."scope", ','))) AS "seesAllOrders"
        FROM "Shop" s WHERE s."uninstalledAt" IS NULL AND s."domain" > ${after ?? ""}
        ORDER BY s."domain" LIMIT ${limit}`);
      return rows.map(({ shop, ...row }) => ({ shop: shop as ShopDomain, ...row }));
    },
  };
}

function toRun(row: RunRow): Reconciliation {
  return {
    id: row.id,
    kind: row.kind as RunKind,
    discountId: row.discountId,
    state: row.state as Reconciliation["state"],
    from: row.fromAt,
    to: row.toAt,
    cursor: row.cursor,
    listed: row.listed,
    found: row.found,
    otherCurrency: row.otherCurrency,
    attempts: row.attempts,
    isFollowed: row.isFollowed,
    problem: row.problem,
    startedAt: row.startedAt,
    progressAt: row.progressAt,
    finishedAt: row.finishedAt,
  };
}
