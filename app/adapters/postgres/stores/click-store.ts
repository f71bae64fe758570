import { Prisma } from "@prisma/client";
import type { ToldClick } from "#app/core/attribution/gather-clicks.ts";
import type { OrderId, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type {
  ClickLookUp,
  ClickRefusal,
  ClickStore,
  NewestLookUp,
} from "#app/core/ports/click-store.ts";
import type { RawSql } from "../raw-sql.ts";
import { alwaysOf, ranAt } from "./always-spans.ts";
import { attributionFromJson } from "./attribution-json.ts";
import { keysOf, rowsOf } from "./keyed-rows.ts";

interface ClickRow {
  orderId: OrderId;
  clickId: string;
  seenAt: Date | null;
}

interface LookUpRow extends Pick<
  ClickLookUp,
  | ("clickId" | "verdict" | "clickedAt" | "lookedAt")
  | ("partnerLeftAt" | "partnerBackAt" | "isUntracked" | "isOvertaken")
> {
  partnerId: PartnerId | null;
  partnerName: string | null;
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
      return (await listFromPixels(sql, shop, [orderId])).map(([, click]) => click);
    },

    async listRedacted(shop, orderIds) {
      if (orderIds.length === 0) return new Map();
      const rows = await sql.$queryRaw<{ orderId: OrderId; decision: Prisma.JsonValue }[]>`
        SELECT a."orderId", a."decision" FROM "RedactedOrder" redacted
        JOIN "Attribution" a ON a."shop" = redacted."shop" AND a."orderId" = redacted."orderId"
        WHERE redacted."shop" = ${shop} AND redacted."orderId" = ANY(${[...orderIds]}::text[])`;
      return new Map(rows.map((row) => [row.orderId, attributionFromJson(row.decision)]));
    },

    listLookUps: (shop, clickIds) => selectLookUps(sql, shop, clickIds, ORDERS_LOOK_UPS),

    async findNewestLookUp(shop) {
      const [row] = await sql.$queryRaw<NewestLookUp[]>`
        (SELECT "verdict", "lookedAt" FROM "ClickLookUp"
         WHERE "shop" = ${shop} ORDER BY "lookedAt" DESC LIMIT 1)
        UNION ALL
        (SELECT "verdict", "lookedAt" FROM "ReplayLookUp"
         WHERE "shop" = ${shop} ORDER BY "lookedAt" DESC LIMIT 1)
        ORDER BY "lookedAt" DESC LIMIT 1`;
      return row ?? null;
    },

    saveLookUp: (...saved) => writeLookUp(sql, Prisma.sql`"ClickLookUp"`, ...saved),

    async claimLookUps(shop, { now, until }) {
      const claimed = await sql.$executeRaw`
        UPDATE "Shop" SET "lookUpsUntil" = ${until}
        WHERE "domain" = ${shop} AND ("lookUpsUntil" IS NULL OR "lookUpsUntil" <= ${now})`;
      return claimed === 1;
    },

    async saveLookUpsUntil(shop, until) {
      await sql.$executeRaw`
        UPDATE "Shop" SET "lookUpsUntil" = ${until} WHERE "domain" = ${shop}`;
    },

    async saveRefusal(shop, { orderId, clickId, reason, refusedAt }) {
      await sql.$executeRaw`
        INSERT INTO "ClickRefusal" ("shop", "orderId", "clickId", "reason", "refusedAt")
        VALUES (${shop}, ${orderId}, ${clickId}, ${reason}, ${refusedAt}) ON CONFLICT DO NOTHING`;
    },

    async listRefusals(shop, orderIds) {
      if (orderIds.length === 0) return [];
      return sql.$queryRaw<ClickRefusal[]>`
        SELECT "orderId", "clickId", "reason", "refusedAt" FROM "ClickRefusal"
        WHERE "shop" = ${shop} AND "orderId" = ANY(${[...orderIds]}::text[])
        ORDER BY "refusedAt", "clickId"`;
    },

    async findLandingsFrom(shop) {
      const [row] = await sql.$queryRaw<{ landingsFrom: Date | null }[]>`
        SELECT "landingsFrom" FROM "Shop" WHERE "domain" = ${shop}`;
      return row?.landingsFrom ?? null;
    },

    async saveLandingsFrom(shop, from) {
      await sql.$executeRaw`
        UPDATE "Shop" SET "landingsFrom" = ${from}::timestamptz WHERE "domain" = ${shop}`;
    },

    async findParameter(shop) {
      const [row] = await sql.$queryRaw<{ clickParameter: string | null }[]>`
        SELECT "clickParameter" FROM "Shop" WHERE "domain" = ${shop}`;
      return row?.clickParameter ?? null;
    },

    async saveParameter(shop, name) {
      await sql.$executeRaw`
        UPDATE "Shop" SET "clickParameter" = ${name}::text WHERE "domain" = ${shop}`;
    },

    async findPixelOn(shop) {
      const [row] = await sql.$queryRaw<{ isPixelOn: boolean }[]>`
        SELECT "isPixelOn" FROM "Shop" WHERE "domain" = ${shop}`;
      return row?.isPixelOn ?? false;
    },

    async savePixelOn(shop, isOn) {
      await sql.$executeRaw`
        UPDATE "Shop" SET "isPixelOn" = ${isOn}::boolean
        WHERE "domain" = ${shop} AND "isPixelOn" <> ${isOn}::boolean`;
    },

    async forgetAll(shop, orderIds) {
      await sql.$executeRaw`
        INSERT INTO "RedactedOrder" ("shop", "orderId")
        SELECT "shop", "orderId" FROM ${keysOf(shop, "orderId", orderIds)} AS named
        ON CONFLICT DO NOTHING`;
      await sql.$executeRaw`
        DELETE FROM "Click" WHERE "shop" = ${shop} AND "orderId" = ANY(${[...orderIds]}::text[])`;
      await sql.$executeRaw`
        UPDATE "Order" SET "facts" = "facts" || '{"clicks": [], "checkoutHash": null}'
        WHERE "shop" = ${shop} AND "orderId" = ANY(${[...orderIds]}::text[])`;
    },
  };
}

/** Look-ups that orders asked for. */
const ORDERS_LOOK_UPS = Prisma.sql`(SELECT * FROM "ClickLookUp")`;

const CLICKED_AT = Prisma.sql`l."clickedAt"`;

/** Look-ups by click id, of a table or query that has the columns of "ClickLookUp". */
export async function selectLookUps(
  sql: RawSql,
  shop: ShopDomain,
  clickIds: readonly string[],
  from: Prisma.Sql,
): Promise<Map<string, ClickLookUp>> {
  if (clickIds.length === 0) return new Map();
  const rows = await sql.$queryRaw<LookUpRow[]>`
    WITH told AS (
      SELECT DISTINCT ON (l."clickId") l.* FROM ${from} l
      WHERE l."shop" = ${shop} AND l."clickId" = ANY(${[...clickIds]}::text[])
      ORDER BY l."clickId", l."verdict" = 'not-told', l."lookedAt" DESC
    ), always AS (
      SELECT owner."partnerId" FROM
        (SELECT DISTINCT "shop", "partnerId" FROM told WHERE "partnerId" IS NOT NULL) owner
      WHERE EXISTS (${alwaysOf("owner")})
    )
    SELECT l."clickId", l."verdict", l."partnerId", l."partnerName", l."clickedAt", l."lookedAt",
           partner."contractEndedAt" AS "partnerLeftAt",
           partner."contractStartedAt" AS "partnerBackAt",
           always."partnerId" IS NOT NULL
             AND EXISTS (${alwaysOf("l")} AND ${ranAt(CLICKED_AT)}) AS "isUntracked",
           l."verdict" = 'not-told' AND EXISTS (SELECT FROM "ImpactAccount" a
             WHERE a."shop" = ${shop} AND a."connectedAt" > l."lookedAt") AS "isOvertaken"
    FROM told l
    LEFT JOIN "Partner" partner
      ON partner."shop" = l."shop" AND partner."partnerId" = l."partnerId"
    LEFT JOIN always ON always."partnerId" = l."partnerId"`;
  return new Map(rows.map((row) => [row.clickId, lookUpOf(row)]));
}

/** Into a table with the columns of "ClickLookUp": the newest word stands. */
export async function writeLookUp(
  sql: RawSql,
  table: Prisma.Sql,
  ...[shop, lookUp, now]: Parameters<ClickStore["saveLookUp"]>
): Promise<void> {
  const { clickId, verdict, partner, clickedAt } = lookUp;
  const { partnerId = null, name = null } = partner ?? {};
  await sql.$executeRaw`
    INSERT INTO ${table} ("shop", "clickId", "verdict", "partnerId", "partnerName",
                          "clickedAt", "lookedAt")
    VALUES (${shop}, ${clickId}, ${verdict}, ${partnerId}, ${name}, ${clickedAt}::timestamptz,
            ${now})
    ON CONFLICT ("shop", "clickId") DO UPDATE
    SET "verdict" = EXCLUDED."verdict", "partnerId" = EXCLUDED."partnerId",
        "partnerName" = EXCLUDED."partnerName", "clickedAt" = EXCLUDED."clickedAt",
        "lookedAt" = EXCLUDED."lookedAt"`;
}

/** What pixels told of orders, the oldest first, each with its order. */
export async function listFromPixels(
  sql: RawSql,
  shop: ShopDomain,
  orderIds: readonly OrderId[],
): Promise<[OrderId, ToldClick][]> {
  const rows = await sql.$queryRaw<ClickRow[]>`
    SELECT "orderId", "clickId", "seenAt" FROM "Click"
    WHERE "shop" = ${shop} AND "orderId" = ANY(${[...orderIds]}::text[])
    ORDER BY "receivedAt", "checkoutHash"`;
  return rows.map((row) => [row.orderId, fromPixel(row)]);
}

function lookUpOf({ partnerId, partnerName, ...lookUp }: LookUpRow): ClickLookUp {
  const partner = partnerId === null ? null : { partnerId, name: partnerName ?? partnerId };
  return { ...lookUp, partner };
}

function fromPixel({ clickId, seenAt }: ClickRow): ToldClick {
  return { clickId, source: "pixel", seenAt };
}
