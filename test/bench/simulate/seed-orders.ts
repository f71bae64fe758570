import type { Pool } from "pg";
import { factsToJson } from "#app/adapters/postgres/stores/facts-json.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import { orderFactsWith, orderLineWith } from "#test/core/given/order-facts-with.ts";

const PARTNERS = 200;
const CODES = 5_000;

/**
 * A shop's orders of the last 90 days, each with three lines: most with one partner's code, a quarter
 * with a click as well, some with two partners' codes, and some by a click alone.
 */
export async function seedOrders(pool: Pool, shop: ShopDomain, orders: number): Promise<void> {
  await pool.query(`SELECT setseed(0.5)`);
  await pool.query(
    `INSERT INTO "Shop" ("domain", "name", "currency", "timeZone", "installedAt")
     VALUES ($1, 'Replayed', 'USD', 'UTC', now())`,
    [shop],
  );
  await pool.query(
    `INSERT INTO "Partner" ("shop", "partnerId", "name", "hasContract", "syncedAt")
     SELECT $1, n::text, 'Partner ' || n, true, now() FROM generate_series(1, $2::int) n`,
    [shop, PARTNERS],
  );
  await pool.query(
    `INSERT INTO "Discount" ("id", "shop", "draftKey", "title", "valueKind", "currency", "startsAt",
                             "oncePerCustomer", "combines", "createdAt")
     VALUES (gen_random_uuid(), $1, 'seed', 'Seed', 'other', 'USD', now(), false, false, now())`,
    [shop],
  );
  await pool.query(
    `INSERT INTO "Code" ("id", "shop", "code", "discountId", "shopifyState", "impactState", "createdAt", "reach")
     SELECT gen_random_uuid(), $1, 'CODE' || n, d."id", 'live', 'registered', now() - interval '1 year',
            -- Every other partner's clicks are tracked.
            CASE WHEN n % 2 = 0 THEN 'INVOLVED' END
     FROM "Discount" d, generate_series(1, $2::int) n WHERE d."shop" = $1`,
    [shop, CODES],
  );
  await pool.query(
    `INSERT INTO "Assignment" ("id", "shop", "codeId", "partnerId", "startsAt")
     SELECT gen_random_uuid(), "shop", "id", (1 + substr("code", 5)::int % $2)::text, "createdAt"
     FROM "Code" WHERE "shop" = $1`,
    [shop, PARTNERS],
  );
  await pool.query(INSERT_ORDERS, [shop, orders, CODES, JSON.stringify(FACTS)]);
  await pool.query(INSERT_LOOK_UPS, [shop, PARTNERS]);
}

const FACTS = factsToJson(
  orderFactsWith({
    lines: ["MUG", "KETTLE", "POT"].map((sku) => orderLineWith({ sku, title: `A ${sku} of tin` })),
  }),
);

const INSERT_ORDERS = `
  INSERT INTO "Order" ("shop", "orderId", "name", "currency", "placedAt", "updatedAt", "facts",
                       "netMinor", "codes", "state", "reason", "receivedAt", "stateSince")
  SELECT $1, (9007199254740993 + n)::text, '#' || n, 'USD', at, at,
         $4::jsonb || jsonb_build_object(
           'typedCodes', to_jsonb(codes),
           'clicks', CASE WHEN luck < 0.3 THEN jsonb_build_array(jsonb_build_object(
             'clickId', 'click-' || n, 'source', 'cart', 'seenAt', at - luck * interval '60 days'))
             ELSE '[]' END),
         2000 + (luck * 10000)::int, codes, 'reported', 'credited', at, at
  FROM (SELECT n, luck, now() - n::float / $2::int * interval '89 days' AS at,
               CASE WHEN luck < 0.03 THEN ARRAY[]::text[]
                    WHEN luck > 0.95 THEN ARRAY['CODE' || 1 + n % $3, 'CODE' || 1 + n * 7 % $3]
                    ELSE ARRAY['CODE' || 1 + n % $3] END AS codes
        FROM (SELECT n, random() AS luck FROM generate_series(1, $2::int) n) drawn) seeded`;

/** impact.com has told of four clicks in five whose they were. */
const INSERT_LOOK_UPS = `
  INSERT INTO "ClickLookUp" ("shop", "clickId", "verdict", "partnerId", "partnerName", "clickedAt", "lookedAt")
  SELECT $1, click->>'clickId', 'known', partner, 'Partner ' || partner, (click->>'seenAt')::timestamptz, now()
  FROM (SELECT "facts"->'clicks'->0 AS click, (1 + floor(random() * $2))::int::text AS partner
        FROM "Order" WHERE "shop" = $1 AND jsonb_array_length("facts"->'clicks') > 0) clicked
  WHERE random() < 0.8`;
