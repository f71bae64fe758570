import { Prisma } from "@prisma/client";
import type { ToldClick } from "#app/core/attribution/gather-clicks.ts";
import { judgedClicks } from "#app/core/clicks/clicks-on.ts";
import type { DiscountCode, OrderId, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { ClickStore } from "#app/core/ports/click-store.ts";
import type {
  ReplayOrder,
  ReplaySpan,
  ReplayStore,
  SettledOrders,
} from "#app/core/ports/replay-store.ts";
import type { RawSql } from "../raw-sql.ts";
import { createClickStore, listFromPixels, selectLookUps, writeLookUp } from "./click-store.ts";
import { createCodeReads } from "./code-store.ts";

export function createReplayStore(sql: RawSql): ReplayStore {
  return {
    sumSettled: (...asked) => sumSettled(sql, ...asked),
    saveLookUp: (...saved) => writeLookUp(sql, Prisma.sql`"ReplayLookUp"`, ...saved),
    sumReported: (...asked) => sumReported(sql, ...asked),
    async page(shop, which, page) {
      const orders = (await selectOrders(sql, shop, which, page)).map(toOrder);
      const orderIds = orders.map(({ orderId }) => orderId);
      const [known, told] = await Promise.all([
        createCodeReads(sql).knownOn(shop, orders),
        listFromPixels(sql, shop, orderIds),
      ]);
      const clicks = await judgedClicks(clickReads(sql), shop, orders, new Map(told));
      return orders.map((order): ReplayOrder => ({
        ...order,
        known: known.get(order.orderId) ?? [],
        clicks: clicks.get(order.orderId) ?? [],
      }));
    },
  };
}

const ALL_LOOK_UPS = Prisma.sql`(
  SELECT * FROM "ClickLookUp" UNION ALL SELECT * FROM "ReplayLookUp")`;

/** A replay knows what was asked for it beside what orders asked for. */
function clickReads(sql: RawSql): Pick<ClickStore, "listLookUps" | "listRefusals"> {
  const { listRefusals } = createClickStore(sql);
  return {
    listRefusals,
    listLookUps: (shop, clickIds) => selectLookUps(sql, shop, clickIds, ALL_LOOK_UPS),
  };
}

interface OrderRow {
  orderId: OrderId;
  name: string;
  placedAt: Date;
  netMinor: bigint;
  codes: DiscountCode[];
  typedCodes: string[];
  tookMinor: number[] | null;
  clicks: StoredClick[] | null;
}

type StoredClick = Omit<ToldClick, "seenAt"> & { seenAt: string | null };

const HAS_CLICK = Prisma.sql`(
  o."hasClicks"
  OR EXISTS (SELECT FROM "Click" click
             WHERE click."shop" = o."shop" AND click."orderId" = o."orderId"))`;

/** Of a row `o` of which this app has reported nothing: reported later, it would be left alone. */
function isCreditedThere(shop: ShopDomain): Prisma.Sql {
  return Prisma.sql`((o."state" = 'ignored' OR o."reason" IN ('not-paid', 'not-connected', 'too-late'))
    AND o."orderId" IN (SELECT seen."orderId" FROM "CreditedThere" seen
                        WHERE seen."shop" = ${shop} AND seen."partnerId" IS NOT NULL
                          AND NOT seen."isOver"))`;
}

/** Without a click, every rule gives one code's order to the same. */
function isSettled(shop: ShopDomain): Prisma.Sql {
  return Prisma.sql`(${isCreditedThere(shop)}
    OR (NOT ${HAS_CLICK} AND cardinality(o."codes") = 1))`;
}

/** Of a row `o` that impact.com has credited: to whom, as it was found last. */
const CREDITED_PARTNER = Prisma.sql`(
  SELECT seen."partnerId" FROM "CreditedThere" seen
  WHERE seen."shop" = o."shop" AND seen."orderId" = o."orderId" AND seen."partnerId" IS NOT NULL
    AND NOT seen."isOver"
  ORDER BY seen."foundAt" DESC LIMIT 1)`;

/** The orders of a span, as rows `o`. */
function within(shop: ShopDomain, { since, until, without }: ReplaySpan): Prisma.Sql {
  return Prisma.sql`
    "Order" o
    JOIN "Shop" shop ON shop."domain" = o."shop" AND shop."currency" = o."currency"
    WHERE o."shop" = ${shop} AND o."placedAt" >= ${since}
      AND o."placedAt" < COALESCE(${until}::timestamptz, 'infinity') AND o."deletedAt" IS NULL
      AND NOT o."reason" = ANY(${[...without]}::text[])
      AND NOT EXISTS (SELECT FROM "RedactedOrder" redacted
                      WHERE redacted."shop" = o."shop" AND redacted."orderId" = o."orderId")
      AND (cardinality(o."codes") > 0 OR ${HAS_CLICK})`;
}

/** The facts are unpacked once for each order, whatever is read of them. */
function selectOrders(
  sql: RawSql,
  ...[shop, span, { after, limit }]: Parameters<ReplayStore["page"]>
): Promise<OrderRow[]> {
  return sql.$queryRaw<OrderRow[]>`
    SELECT o."orderId", o."name", o."placedAt", o."netMinor", o."codes",
           facts."typedCodes", facts."tookMinor", facts."clicks"
    FROM (
      SELECT o.* FROM ${within(shop, span)} AND NOT ${isSettled(shop)}
        AND (o."placedAt", o."orderId") < (
          COALESCE(${after?.placedAt ?? null}::timestamptz, 'infinity'), ${after?.orderId ?? ""})
      ORDER BY o."placedAt" DESC, o."orderId" DESC LIMIT ${limit}) o
    CROSS JOIN LATERAL jsonb_to_record(o."facts")
      AS facts("typedCodes" jsonb, "tookMinor" jsonb, "clicks" jsonb)
    ORDER BY o."placedAt" DESC, o."orderId" DESC`;
}

interface SettledRow {
  partnerId: PartnerId | null;
  name: string | null;
  netMinor: bigint;
}

async function sumSettled(
  sql: RawSql,
  ...[shop, span]: Parameters<ReplayStore["sumSettled"]>
): Promise<SettledOrders[]> {
  // Codes and owners are joined as whole tables: looked up order by order they would take most of the time.
  const rows = await sql.$queryRaw<(Omit<SettledOrders, "partner" | "netMinor"> & SettledRow)[]>`
    SELECT summed.*, partner."name"
    FROM (SELECT CASE WHEN settled."isCreditedThere" THEN settled."creditedPartnerId"
                      ELSE a."partnerId" END AS "partnerId",
                 settled."isCreditedThere", count(*)::int AS "orders",
                 sum(settled."netMinor")::bigint AS "netMinor"
          FROM (SELECT o."netMinor", o."placedAt", o."codes"[1] AS "code",
                       ${isCreditedThere(shop)} AS "isCreditedThere",
                       CASE WHEN ${isCreditedThere(shop)} THEN ${CREDITED_PARTNER} END
                         AS "creditedPartnerId"
                FROM ${within(shop, span)} AND ${isSettled(shop)}) settled
          LEFT JOIN "Code" code ON code."shop" = ${shop} AND code."code" = settled."code"
            AND code."shopifyState" <> 'failed'
          LEFT JOIN "Assignment" a ON a."shop" = ${shop} AND a."codeId" = code."id"
            AND a."startsAt" <= settled."placedAt"
            AND (a."endsAt" IS NULL OR a."endsAt" > settled."placedAt")
          GROUP BY 1, 2) summed
    LEFT JOIN "Partner" partner
      ON partner."shop" = ${shop} AND partner."partnerId" = summed."partnerId"`;
  return rows.map(({ partnerId, name, netMinor, ...settled }) => ({
    ...settled,
    partner: partnerId === null ? null : { partnerId, name: name ?? `Partner ${partnerId}` },
    netMinor: Number(netMinor),
  }));
}

/** So many orders tell what a basis adds to net values. */
const TELLING_ORDERS = 5_000;

async function sumReported(
  sql: RawSql,
  ...[shop, { basis, since }]: Parameters<ReplayStore["sumReported"]>
): ReturnType<ReplayStore["sumReported"]> {
  const [sums] = await sql.$queryRaw<{ reportedMinor: bigint; netMinor: bigint }[]>`
    SELECT COALESCE(sum(c."amountMinor"), 0)::bigint AS "reportedMinor",
           COALESCE(sum(o."netMinor"), 0)::bigint AS "netMinor"
    FROM (SELECT o."shop", o."orderId", o."netMinor", o."currency" FROM "Order" o
          JOIN "Shop" shop ON shop."domain" = o."shop" AND shop."currency" = o."currency"
          WHERE o."shop" = ${shop} AND o."placedAt" >= ${since}
          ORDER BY o."placedAt" DESC LIMIT ${TELLING_ORDERS}) o
    JOIN "Conversion" c ON c."shop" = o."shop" AND c."orderId" = o."orderId"
    WHERE c."part" IS NULL AND c."amountBasis" = ${basis} AND c."currency" = o."currency"`;
  return {
    reportedMinor: Number(sums?.reportedMinor ?? 0),
    netMinor: Number(sums?.netMinor ?? 0),
  };
}

function toOrder({ netMinor, clicks, ...order }: OrderRow) {
  const told = (clicks ?? []).map(({ seenAt, ...click }): ToldClick => ({
    ...click,
    seenAt: seenAt === null ? null : new Date(seenAt),
  }));
  return { ...order, netMinor: Number(netMinor), clicks: told };
}
