import type { Prisma } from "@prisma/client";
import type { ShopDomain } from "#app/core/ids.ts";
import {
  ASKED_IN_VAIN,
  CONNECT_AGAIN,
  REPORTED_THROUGH,
  TOKEN_REFUSED,
} from "#app/core/orders/impact-need.ts";
import type { ImpactWaitSum } from "#app/core/ports/problem-stores.ts";
import type { Db } from "../prisma-client.ts";

const TOKEN = TOKEN_REFUSED.map((words) => `%${words}%`);
const ACCOUNT = `%${CONNECT_AGAIN}%`;

/** impact.com was told of it before, and it waits with what came later. */
const WAS_REPORTED = `%${REPORTED_THROUGH}%`;

interface WaitRow extends Pick<ImpactWaitSum, "told" | "currency" | "since" | "unreportedFrom"> {
  orders: bigint;
  netMinor: Prisma.Decimal;
}

/** As `impactNeedOf` tells of one order, for all of a shop. */
export async function sumImpactWaits(db: Db, shop: ShopDomain): Promise<ImpactWaitSum[]> {
  const rows = await db.$queryRaw<WaitRow[]>`
    SELECT CASE WHEN o."problem" LIKE ANY(${TOKEN}::text[]) THEN 'token'
                WHEN o."problem" LIKE ${ACCOUNT} THEN 'account' ELSE 'connection' END AS "told",
           o."currency", count(*) AS "orders", sum(o."netMinor") AS "netMinor",
           min(o."stateSince") AS "since",
           min(o."placedAt") FILTER (WHERE o."reason" IN ('not-connected', 'trying-again')
             AND COALESCE(o."problem", '') NOT LIKE ${WAS_REPORTED}) AS "unreportedFrom"
    FROM "Order" o
    WHERE o."shop" = ${shop} AND o."reason" = ANY(${["not-connected", ...ASKED_IN_VAIN]}::text[])
      AND (o."reason" = 'not-connected' OR o."problem" LIKE ANY(${[...TOKEN, ACCOUNT]}::text[]))
    GROUP BY 1, 2 ORDER BY 1, 2`;
  return rows.map((row) => {
    return { ...row, orders: Number(row.orders), netMinor: Number(row.netMinor) };
  });
}
