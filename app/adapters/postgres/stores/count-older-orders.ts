import type { ChangeStore, OlderOrders } from "#app/core/ports/change-stores.ts";
import type { Db } from "../prisma-client.ts";

/**
 * By code, the orders of which impact.com has not said yet what became of them: with a conversion that is
 * unsent or without an outcome, or with none so far.
 */
export async function countOlderOrders(
  db: Db,
  ...[shop, codeIds, { from, oldBefore }]: Parameters<ChangeStore["countOlderOrders"]>
): Promise<Map<string, OlderOrders>> {
  if (codeIds.length === 0) return new Map();
  const rows = await db.$queryRaw<(OlderOrders & { codeId: string })[]>`
    WITH asked AS MATERIALIZED (
      SELECT "id", "code" FROM "Code" WHERE "shop" = ${shop} AND "id" = ANY(${[...codeIds]}::uuid[])
    ), open AS (
      SELECT asked."id", c."orderId", c."eventAt" AS "placedAt"
      FROM asked JOIN "Conversion" c ON c."shop" = ${shop} AND c."code" = asked."code"
      WHERE c."state" IN ('ready', 'sending', 'sent') AND c."eventAt" >= ${from}
      UNION
      SELECT asked."id", o."orderId", o."placedAt"
      FROM "Order" o JOIN asked ON asked."code" = ANY(o."codes")
      WHERE o."shop" = ${shop} AND o."reason" IN ('not-paid', 'not-connected')
        AND o."placedAt" >= ${from}
        AND NOT EXISTS (SELECT FROM "Conversion" c
                        WHERE c."shop" = o."shop" AND c."orderId" = o."orderId")
    )
    SELECT "id" AS "codeId", count(DISTINCT "orderId")::int AS "all",
           (count(DISTINCT "orderId") FILTER (WHERE "placedAt" < ${oldBefore}))::int AS "old"
    FROM open GROUP BY 1`;
  return new Map(rows.map(({ codeId, ...counts }) => [codeId, counts]));
}
