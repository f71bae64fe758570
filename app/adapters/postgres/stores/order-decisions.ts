import { Prisma } from "@prisma/client";
import { leadingCode, type Credited } from "#app/core/attribution/attribution.ts";
import type { Order } from "#app/core/orders/order.ts";
import type { OrderDecision, OrderStore } from "#app/core/ports/order-stores.ts";
import type { RawSql } from "../raw-sql.ts";
import { rowsOf } from "./keyed-rows.ts";
import { shownStatus } from "./unread-changes.ts";

export const STATUS_COLUMNS = `"orderId" text, "state" text, "reason" text, "problem" text`;
export const DECIDED_COLUMNS = `"attribution" jsonb, "partnerId" text, "code" text, "shares" jsonb`;
const DECISION_COLUMNS = `${STATUS_COLUMNS}, ${DECIDED_COLUMNS}, "forgets" boolean`;

/** Writes the attributions that the rows of a table `r` bring. */
export const noteAttributions = (now: Date) => Prisma.sql`
  attributed AS (
    INSERT INTO "Attribution" AS a ("shop", "orderId", "decision", "decidedAt")
    SELECT r."shop", r."orderId", r."attribution", ${now} FROM r WHERE r."attribution" IS NOT NULL
    ON CONFLICT ("shop", "orderId") DO UPDATE
    SET "decision" = EXCLUDED."decision", "decidedAt" = EXCLUDED."decidedAt"
    WHERE a."decision" <> EXCLUDED."decision"
  )`;

/** What an order's row holds of a decision. */
export function toDecisionRow(decision: OrderDecision) {
  const { attribution } = decision;
  const credited = attribution?.outcome === "credited" ? attribution : null;
  const partnerId = credited?.shares[0].partner?.partnerId;
  const code = credited && leadingCode(credited);
  return { ...decision, partnerId, code, shares: credited && sharesOf(credited) };
}

/** Null where one code earns the whole: then partner and code say all. */
function sharesOf({ shares }: Credited): Order["shares"] {
  if (shares.length === 1 && shares[0].by.kind === "code") return null;
  return shares.map(({ partner, weight, by }) => {
    return { partner, weight, code: by.kind === "code" ? by.code : null };
  });
}

/** Writes what was decided of orders that are there. */
export async function saveDecisions(
  sql: RawSql,
  ...[shop, decisions, now]: Parameters<OrderStore["saveDecisions"]>
) {
  if (decisions.length === 0) return;
  const shown = shownStatus("r");
  const rows = decisions.map(toDecisionRow);
  await sql.$executeRaw`
    WITH r AS (SELECT * FROM ${rowsOf(shop, rows, DECISION_COLUMNS)} AS r), ${noteAttributions(now)}
    UPDATE "Order" o
    SET "state" = ${shown.state}, "reason" = ${shown.reason}, "problem" = ${shown.problem},
        "stateSince" = CASE WHEN o."reason" = ${shown.reason} THEN o."stateSince" ELSE ${now} END,
        "partnerId" = CASE WHEN r."attribution" IS NULL THEN o."partnerId" ELSE r."partnerId" END,
        "code" = CASE WHEN r."attribution" IS NULL THEN o."code" ELSE r."code" END,
        "shares" = CASE WHEN r."attribution" IS NULL THEN o."shares" ELSE r."shares" END,
        "facts" = CASE WHEN r."forgets" THEN jsonb_set(o."facts", '{emailSha1}', 'null')
                  ELSE o."facts" END
    FROM r
    WHERE o."shop" = r."shop" AND o."orderId" = r."orderId"`;
}
