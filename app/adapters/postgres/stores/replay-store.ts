import type { ToldClick } from "#app/core/attribution/gather-clicks.ts";
import { judgedClicks } from "#app/core/clicks/clicks-on.ts";
import type { DiscountCode, OrderId, ShopDomain } from "#app/core/ids.ts";
import type { ReplayOrder, ReplayStore } from "#app/core/ports/replay-store.ts";
import type { RawSql } from "../raw-sql.ts";
import { createClickStore } from "./click-store.ts";
import { createCodeReads } from "./code-store.ts";

export function createReplayStore(sql: RawSql): ReplayStore {
  return {
    async page(shop, which, page) {
      const orders = (await selectOrders(sql, shop, which, page)).map(toOrder);
      const [known, fromPixels] = await Promise.all([
        createCodeReads(sql).knownOn(shop, orders),
        clicksFromPixels(sql, shop, orders),
      ]);
      const clicks = await judgedClicks(createClickStore(sql), shop, orders, fromPixels);
      return orders.map((order): ReplayOrder => ({
        ...order,
        known: known.get(order.orderId) ?? [],
        clicks: clicks.get(order.orderId) ?? [],
      }));
    },
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

/** The facts are unpacked once for each order, whatever is read of them. */
function selectOrders(
  sql: RawSql,
  ...[shop, { since, until, without }, { after, limit }]: Parameters<ReplayStore["page"]>
): Promise<OrderRow[]> {
  return sql.$queryRaw<OrderRow[]>`
    SELECT o."orderId", o."name", o."placedAt", o."netMinor", o."codes",
           facts."typedCodes", facts."tookMinor", facts."clicks"
    FROM "Order" o
    JOIN "Shop" shop ON shop."domain" = o."shop" AND shop."currency" = o."currency"
    CROSS JOIN LATERAL jsonb_to_record(o."facts")
      AS facts("typedCodes" jsonb, "tookMinor" jsonb, "clicks" jsonb)
    WHERE o."shop" = ${shop} AND o."placedAt" >= ${since}
      AND o."placedAt" < COALESCE(${until}::timestamptz, 'infinity') AND o."deletedAt" IS NULL
      AND NOT o."reason" = ANY(${[...without]}::text[])
      AND NOT EXISTS (SELECT FROM "RedactedOrder" redacted
                      WHERE redacted."shop" = o."shop" AND redacted."orderId" = o."orderId")
      AND (o."placedAt", o."orderId") < (
        COALESCE(${after?.placedAt ?? null}::timestamptz, 'infinity'), ${after?.orderId ?? ""})
      AND (cardinality(o."codes") > 0 OR jsonb_array_length(COALESCE(facts."clicks", '[]')) > 0
           OR EXISTS (SELECT FROM "Click" click
                      WHERE click."shop" = o."shop" AND click."orderId" = o."orderId"))
    ORDER BY o."placedAt" DESC, o."orderId" DESC LIMIT ${limit}`;
}

async function clicksFromPixels(
  sql: RawSql,
  shop: ShopDomain,
  orders: readonly Pick<OrderRow, "orderId">[],
): Promise<Map<OrderId, ToldClick>> {
  const orderIds = orders.map(({ orderId }) => orderId);
  const rows = await sql.$queryRaw<{ orderId: OrderId; clickId: string; seenAt: Date | null }[]>`
    SELECT "orderId", "clickId", "seenAt" FROM "Click"
    WHERE "shop" = ${shop} AND "orderId" = ANY(${orderIds}::text[])`;
  return new Map(
    rows.map(({ orderId, clickId, seenAt }) => [orderId, { clickId, source: "pixel", seenAt }]),
  );
}

function toOrder({ netMinor, clicks, ...order }: OrderRow) {
  const told = (clicks ?? []).map(({ seenAt, ...click }): ToldClick => ({
    ...click,
    seenAt: seenAt === null ? null : new Date(seenAt),
  }));
  return { ...order, netMinor: Number(netMinor), clicks: told };
}
