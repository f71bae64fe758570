import type { ToldClick } from "#app/core/attribution/gather-clicks.ts";
import type { OrderId } from "#app/core/ids.ts";
import type { ClickStore } from "#app/core/ports/click-store.ts";
import type { RawSql } from "../raw-sql.ts";
import { rowsOf } from "./keyed-rows.ts";

interface ClickRow {
  orderId: OrderId;
  clickId: string;
  seenAt: Date | null;
}

export function createClickStore(sql: RawSql): ClickStore {
  return {
    async record(shop, { checkoutHash, clickId, seenAt }, now) {
      const stored = await sql.$executeRaw`
        INSERT INTO "Click" ("shop", "checkoutHash", "clickId", "seenAt", "receivedAt")
        VALUES (${shop}, ${checkoutHash}, ${clickId}, ${seenAt}::timestamptz, ${now})
        ON CONFLICT ("shop", "checkoutHash") DO NOTHING`;
      return stored === 1;
    },

    async takeFor(shop, orders) {
      const rows = orders.flatMap(({ orderId, checkoutHash }) =>
        checkoutHash === null ? [] : [{ orderId, checkoutHash }],
      );
      if (rows.length === 0) return new Map();
      const columns = `"orderId" text, "checkoutHash" text`;
      const taken = await sql.$queryRaw<ClickRow[]>`
        UPDATE "Click" c SET "orderId" = r."orderId"
        FROM ${rowsOf(shop, rows, columns)} AS r
        WHERE c."shop" = r."shop" AND c."checkoutHash" = r."checkoutHash"
        RETURNING c."orderId", c."clickId", c."seenAt"`;
      return new Map(taken.map((row) => [row.orderId, fromPixel(row)]));
    },

    async listForOrder(shop, orderId) {
      const rows = await sql.$queryRaw<ClickRow[]>`
        SELECT "orderId", "clickId", "seenAt" FROM "Click"
        WHERE "shop" = ${shop} AND "orderId" = ${orderId} ORDER BY "receivedAt", "checkoutHash"`;
      return rows.map(fromPixel);
    },

    async forgetAll(shop, orderIds) {
      await sql.$executeRaw`
        DELETE FROM "Click" WHERE "shop" = ${shop} AND "orderId" = ANY(${[...orderIds]}::text[])`;
      await sql.$executeRaw`
        UPDATE "Order" SET "facts" = "facts" || '{"clicks": [], "checkoutHash": null}'
        WHERE "shop" = ${shop} AND "orderId" = ANY(${[...orderIds]}::text[])`;
    },
  };
}

function fromPixel({ clickId, seenAt }: ClickRow): ToldClick {
  return { clickId, source: "pixel", seenAt };
}
