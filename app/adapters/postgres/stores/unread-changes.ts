import { Prisma } from "@prisma/client";
import { statusFor } from "#app/core/orders/order-state.ts";
import type { OrderStore } from "#app/core/ports/order-stores.ts";
import type { RawSql } from "../raw-sql.ts";

const UNREADABLE = statusFor("unreadable");

/**
 * What the line of an order `o` says once the rest of the app has decided on a status: as long as a
 * change of it could not be read nothing but another failure is shown. `given` names the row that
 * holds the decided `state`, `reason` and `problem`.
 */
export function shownStatus(given: "s" | "r") {
  const row = Prisma.raw(given);
  const isHidden = Prisma.sql`o."unreadSince" IS NOT NULL AND ${row}."state" <> 'failed'`;
  const shown = (instead: Prisma.Sql, column: "state" | "reason" | "problem") =>
    Prisma.sql`CASE WHEN ${isHidden} THEN ${instead} ELSE ${row}.${Prisma.raw(`"${column}"`)} END`;
  return {
    state: shown(Prisma.sql`${UNREADABLE.state}`, "state"),
    reason: shown(Prisma.sql`${UNREADABLE.reason}`, "reason"),
    problem: shown(Prisma.sql`o."unreadProblem"`, "problem"),
  };
}

export function createUnreadChanges(sql: RawSql): Pick<OrderStore, "markUnread" | "markRead"> {
  return {
    async markUnread(shop, orderId, { problem, changedAt }, now) {
      const { state, reason } = UNREADABLE;
      // A line that holds nothing of its order says so already.
      await sql.$executeRaw`
        UPDATE "Order" SET
          "unreadSince" = COALESCE(GREATEST("unreadSince", ${changedAt}::timestamptz), ${now}),
          "unreadProblem" = ${problem},
          "state" = ${state},
          "reason" = CASE WHEN "state" = 'failed' THEN "reason" ELSE ${reason} END,
          "problem" = CASE WHEN "state" = 'failed' AND "reason" <> ${reason} THEN "problem"
                      ELSE ${problem} END,
          "stateSince" = CASE WHEN "state" = 'failed' THEN "stateSince" ELSE ${now} END
        WHERE "shop" = ${shop} AND "orderId" = ${orderId} AND "deletedAt" IS NULL
          AND "updatedAt" < COALESCE(${changedAt}::timestamptz, ${now})
          AND "updatedAt" > to_timestamp(0)`;
    },

    async markRead(shop, orderIds, askedAt) {
      if (orderIds.length === 0) return;
      // "Later than the version we have" is a millisecond more, and may be this very moment's.
      await sql.$executeRaw`
        UPDATE "Order" SET "unreadSince" = NULL, "unreadProblem" = NULL
        WHERE "shop" = ${shop} AND "orderId" = ANY(${orderIds}::text[])
          AND "unreadSince" <= ${askedAt}::timestamptz + interval '1 millisecond'`;
    },
  };
}
