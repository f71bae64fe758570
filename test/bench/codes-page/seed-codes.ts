import { ALPHABET } from "#app/core/codes/pattern/alphabet.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import { CODES_PER_CALL } from "#app/core/batches/batch.ts";
import type { Pool } from "pg";

const PARTNERS = 500;
const DISCOUNTS = 20;

/**
 * A shop's codes as years of work leave them: partners of very different size whose codes begin with
 * their names, every tenth with a family, discounts one after the other, each made by one batch, the
 * oldest codes retired, the newest still being made.
 */
export async function seedCodes(pool: Pool, shop: ShopDomain, codes: number): Promise<void> {
  await pool.query(`SELECT setseed(0.5)`);
  await pool.query(
    `INSERT INTO "Partner" ("shop", "partnerId", "name", "hasContract", "syncedAt")
     SELECT $1, (10000 + partner)::text, ${NAME} || ' Partner', true, now() FROM generate_series(1, $2::int) partner
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
  await pool.query(
    `INSERT INTO "Batch" ("id", "shop", "discountId", "state", "draftKey", "codes", "createdAt")
     SELECT gen_random_uuid(), "shop", "id", CASE WHEN "draftKey" = 'seed ' || $3::int THEN 'running' ELSE 'done' END,
            "draftKey", $2::int / $3::int, "createdAt"
     FROM "Discount" WHERE "shop" = $1`,
    [shop, codes, DISCOUNTS],
  );
  await pool.query(
    `INSERT INTO "CodeFamily" ("id", "shop", "partnerId", "shape", "state", "createdAt")
     SELECT gen_random_uuid(), $1, (10000 + partner)::text, ${NAME} || '-********', 'registered', now()
     FROM generate_series(10, $2::int, 10) partner`,
    [shop, PARTNERS],
  );
  await pool.query(INSERT_CODES, [shop, codes, PARTNERS, DISCOUNTS, CODES_PER_CALL]);
  await pool.query(
    `INSERT INTO "BatchPart" ("batchId", "number", "state", "codes", "live")
     SELECT "batchId", "part", CASE WHEN bool_or("shopifyState" = 'planned') THEN 'planned' ELSE 'done' END,
            count(*), count(*) FILTER (WHERE "shopifyState" IN ('live', 'retired'))
     FROM "Code" WHERE "shop" = $1 GROUP BY 1, 2`,
    [shop],
  );
  await pool.query(
    `INSERT INTO "Assignment" ("id", "shop", "codeId", "partnerId", "startsAt")
     SELECT gen_random_uuid(), "shop", "id", "partnerId", "createdAt" FROM "Code"
     WHERE "shop" = $1 AND "partnerId" IS NOT NULL`,
    [shop],
  );
}

/** A partner's first name, with which its codes begin: of two partners never the same. */
const NAME = `chr(65 + partner % 26) || chr(65 + partner / 26 % 26)
  || substr('ANNALISABENCHIDI', 1 + partner % 11, 4)`;

/** `age` runs from 0, the newest, to 1; partner 1 has an eighth of all codes, the last a handful. */
const INSERT_CODES = `
  INSERT INTO "Code" ("id", "shop", "code", "discountId", "partnerId", "shopifyState", "liveAt",
                      "impactState", "createdAt", "lastUsedAt", "batchId", "part", "familyId")
  SELECT gen_random_uuid(), $1,
         ${NAME} || '-' || translate(substr(md5(n || 'x'), 1, 6) || to_hex(n % 16) || n % 10,
                                    '0123456789abcdef', '${ALPHABET}'),
         batch."discountId", CASE WHEN luck < 0.05 THEN NULL ELSE (10000 + partner)::text END,
         CASE WHEN luck > 0.99 THEN 'failed' WHEN age < 0.03 THEN 'planned'
              WHEN age > 0.7 THEN 'retired' ELSE 'live' END,
         now(),
         CASE WHEN age > 0.7 THEN 'expired' WHEN age < 0.08 THEN 'planned' WHEN luck > 0.97 THEN 'failed'
              ELSE 'registered' END,
         now() - age * interval '600 days',
         CASE WHEN used < 0.15 THEN now() - age * used * interval '3000 days' END,
         batch."id", (n - 1) % ($2::int / $4::int) / $5::int, family."id"
  FROM (SELECT n, 1 - n::float / $2::int AS age, random() AS luck, random() AS used,
               1 + floor($3::int * power(random(), 3))::int AS partner,
               ((n - 1) * $4::int) / $2::int + 1 AS season
        FROM generate_series(1, $2::int) n) seeded
  JOIN "Batch" batch ON batch."shop" = $1 AND batch."draftKey" = 'seed ' || season
  LEFT JOIN "CodeFamily" family
    ON family."shop" = $1 AND family."partnerId" = (10000 + partner)::text AND luck >= 0.05
  ON CONFLICT DO NOTHING`;
