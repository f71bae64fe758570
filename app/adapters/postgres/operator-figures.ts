import type { PrismaClient } from "@prisma/client";

/** What the operator watches, read from the database all processes share. */
export interface OperatorFigures {
  queues: { name: string; due: number; later: number; active: number; oldestDueS: number }[];
  /** Orders placed within the last day, by what became of them. */
  orders: { shop: string; state: string; reason: string; count: number }[];
  /** Orders that wait or have failed, whenever they were placed. */
  openOrders: { shop: string; state: string; reason: string; count: number }[];
  /** Adjustments made within the last day. */
  adjustments: { shop: string; state: string; reason: string; count: number }[];
  /**
   * Each shop's newest finished run of a kind: what it found missing, and how long ago it ended. A kind
   * that has not ended yet counts from the install, and from the choice of the program for actions.
   */
  reconciliations: { shop: string; kind: string; found: number; endedS: number }[];
  differences: { shop: string; kind: string; count: number }[];
}

/** No count of one shop or queue goes further than this: a scrape has to stay cheap. */
const COUNTED_AT_MOST = 10_000;
const SHOPS_AT_MOST = 5_000;
const TIMEOUT_MS = 4_000;

/** Bounded in rows and in time; throws where the database is not there or too slow. */
export async function readOperatorFigures(prisma: PrismaClient): Promise<OperatorFigures> {
  return prisma.$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe(`SET LOCAL statement_timeout = ${TIMEOUT_MS}`);
      const read = <Row>(sql: string) => tx.$queryRawUnsafe<Row[]>(sql);
      return {
        queues: await read<OperatorFigures["queues"][number]>(QUEUES),
        orders: await read<OperatorFigures["orders"][number]>(ORDERS),
        openOrders: await read<OperatorFigures["openOrders"][number]>(OPEN_ORDERS),
        adjustments: await read<OperatorFigures["adjustments"][number]>(ADJUSTMENTS),
        reconciliations: await read<OperatorFigures["reconciliations"][number]>(RECONCILIATIONS),
        differences: await read<OperatorFigures["differences"][number]>(DIFFERENCES),
      };
    },
    { timeout: 6 * TIMEOUT_MS },
  );
}

function countJobs(condition: string): string {
  return `(SELECT count(*) FROM (
    SELECT 1 FROM pgboss.job j WHERE j.name = q.name AND ${condition} LIMIT ${COUNTED_AT_MOST}) c)::int`;
}

const WAITING = "j.state IN ('created', 'retry') AND NOT j.blocked";

const QUEUES = `
  SELECT q.name,
    ${countJobs(`${WAITING} AND j.start_after <= now()`)} AS due,
    ${countJobs(`${WAITING} AND j.start_after > now()`)} AS later,
    ${countJobs("j.state = 'active'")} AS active,
    COALESCE(EXTRACT(EPOCH FROM now() - (SELECT min(j.start_after) FROM pgboss.job j
      WHERE j.name = q.name AND ${WAITING} AND j.start_after <= now())), 0)::float8 AS "oldestDueS"
  FROM pgboss.queue q WHERE q.name NOT LIKE '\\_\\_pgboss%' ORDER BY q.name`;

const SHOPS = `(
  SELECT "domain", "installedAt" FROM "Shop" WHERE "uninstalledAt" IS NULL ORDER BY "domain" LIMIT ${SHOPS_AT_MOST}) s`;

/** Rows of each shop by state and reason, through an index that begins with the shop. */
function byOutcome(table: string, condition: string): string {
  return `
    SELECT s."domain" AS shop, r."state", COALESCE(r."reason", '') AS reason, count(*)::int AS count
    FROM ${SHOPS} CROSS JOIN LATERAL (
      SELECT t."state", t."reason" FROM "${table}" t
      WHERE t."shop" = s."domain" AND ${condition} LIMIT ${COUNTED_AT_MOST}) r
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
}

const ORDERS = byOutcome("Order", `t."placedAt" > now() - interval '1 day'`);
const OPEN_ORDERS = byOutcome("Order", `t."state" IN ('waiting', 'failed')`);
const ADJUSTMENTS = byOutcome("Adjustment", `t."createdAt" > now() - interval '1 day'`);

const RECONCILIATIONS = `
  SELECT s."domain" AS shop, k.kind, COALESCE(r."found", 0) AS found,
    EXTRACT(EPOCH FROM now() - COALESCE(r."finishedAt", k.since))::float8 AS "endedS"
  FROM ${SHOPS} CROSS JOIN LATERAL (
    SELECT 'orders' AS kind, s."installedAt" AS since
    UNION ALL SELECT 'actions', p."chosenAt" FROM "Program" p WHERE p."shop" = s."domain") k
  LEFT JOIN LATERAL (
    SELECT t."found", t."finishedAt" FROM "Reconciliation" t
    WHERE t."shop" = s."domain" AND t."kind" = k.kind AND t."state" = 'finished'
    ORDER BY t."startedAt" DESC LIMIT 1) r ON true
  ORDER BY 1, 2`;

const DIFFERENCES = `
  SELECT s."domain" AS shop, r."kind", count(*)::int AS count
  FROM ${SHOPS} CROSS JOIN LATERAL (
    SELECT t."kind" FROM "Difference" t WHERE t."shop" = s."domain" LIMIT ${COUNTED_AT_MOST}) r
  GROUP BY 1, 2 ORDER BY 1, 2`;
