import type { ShopDomain } from "#app/core/ids.ts";
import type { Pool } from "pg";

const PARTNERS = 500;
const DISCOUNTS = 20;

/**
 * A shop's codes as years of work leave them: partners of very different size whose codes begin with
 * their names, discounts one after the other, the oldest codes retired, the newest still being made.
 */
export async function seedCodes(pool: Pool, shop: ShopDomain, codes: number): Promise<void> {
  await pool.query(`SELECT setseed(0.5)`);
  await pool.query(
    `INSERT INTO "Partner" ("shop", "partnerId", "name", "hasContract", "syncedAt")
     SELECT $1, (10000 + n)::text, 'Partner ' || n, true, now() FROM generate_series(1, $2::int) n
     ON CONFLICT DO NOTHING`,
    [shop, PARTNERS],
  );
  await pool.query(
    `INSERT INTO "Discount" ("id", "shop", "draftKey", "title", "valueKind", "currency", "startsAt",
                             "oncePerCustomer", "combines", "createdAt")
     SELECT gen_random_uuid(), $1, 'seed ' || n, 'Season ' || n, 'other', 'USD', now(), false, false,
            now() - ($2::int - n) * interval '30 days'
     FROM generate_series(1, $2::int) n`,
    [shop, DISCOUNTS],
  );
  await pool.query(INSERT_CODES, [shop, codes, PARTNERS, DISCOUNTS]);
  await pool.query(
    `INSERT INTO "Assignment" ("id", "shop", "codeId", "partnerId", "startsAt")
     SELECT gen_random_uuid(), "shop", "id", "partnerId", "createdAt" FROM "Code"
     WHERE "shop" = $1 AND "partnerId" IS NOT NULL`,
    [shop],
  );
}

/** `age` runs from 0, the newest, to 1; partner 1 has an eighth of all codes, the last a handful. */
const INSERT_CODES = `
  INSERT INTO "Code" ("id", "shop", "code", "discountId", "partnerId", "shopifyState", "liveAt",
                      "impactState", "createdAt", "lastUsedAt")
  SELECT gen_random_uuid(), $1,
         chr(65 + partner % 26) || chr(65 + partner / 26 % 26) || substr('ANNALISABENCHIDI', 1 + partner % 11, 4)
           || '-' || upper(substr(md5(n || 'x'), 1, 6)) || upper(to_hex(n % 16)) || n % 10,
         d."id", CASE WHEN luck < 0.05 THEN NULL ELSE (10000 + partner)::text END,
         CASE WHEN luck > 0.99 THEN 'failed' WHEN age < 0.03 THEN 'planned'
              WHEN age > 0.7 THEN 'retired' ELSE 'live' END,
         now(),
         CASE WHEN age > 0.7 THEN 'expired' WHEN age < 0.08 THEN 'planned' WHEN luck > 0.97 THEN 'failed'
              ELSE 'registered' END,
         now() - age * interval '600 days',
         CASE WHEN used < 0.15 THEN now() - age * used * interval '3000 days' END
  FROM (SELECT n, 1 - n::float / $2::int AS age, random() AS luck, random() AS used,
               1 + floor($3::int * power(random(), 3))::int AS partner,
               ((n - 1) * $4::int) / $2::int + 1 AS season
        FROM generate_series(1, $2::int) n) seeded
  JOIN "Discount" d ON d."shop" = $1 AND d."draftKey" = 'seed ' || season
  ON CONFLICT DO NOTHING`;
