import { factsToJson } from "#app/adapters/postgres/stores/facts-json.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import { orderFactsWith, orderLineWith } from "#test/core/given/order-facts-with.ts";
import type { Pool } from "pg";

/** What the Codes page reads beside codes, and what stands beside them, as many as codes bring. */
export async function seedAround(
  pool: Pool,
  shop: ShopDomain,
  { codes, authToken }: { codes: number; authToken: string },
): Promise<void> {
  await pool.query(
    `INSERT INTO "ImpactAccount" ("shop", "accountSid", "authToken", "connectedAt")
     VALUES ($1, 'IR' || $1, $2, now())`,
    [shop, authToken],
  );
  await pool.query(
    `INSERT INTO "Program" ("shop", "programId", "name", "eventTypeId", "chosenAt")
     VALUES ($1, '1000', 'Ambassadors', '4000', now())`,
    [shop],
  );
  await pool.query(
    `INSERT INTO "CodeView" ("id", "shop", "name", "query", "createdAt")
     SELECT gen_random_uuid(), $1, 'View ' || n, 'used=no', now() FROM generate_series(1, 5) n`,
    [shop],
  );
  await pool.query(INSERT_ORDERS, [shop, codes, JSON.stringify(FACTS)]);
  await pool.query(INSERT_DIFFERENCES, [shop]);
  await seedFiles(pool, shop);
  await seedRefusedRows(pool, shop);
}

const FACTS = factsToJson(
  orderFactsWith({
    lines: ["MUG", "KETTLE", "POT"].map((sku) => orderLineWith({ sku, title: `A ${sku} of tin` })),
  }),
);

/**
 * One order for each code, over the same time: two thirds with a partner's code, a fifth without any,
 * the others with one of twelve codes of the shop's own.
 */
const INSERT_ORDERS = `
  INSERT INTO "Order" ("shop", "orderId", "name", "currency", "placedAt", "updatedAt", "facts",
                       "netMinor", "codes", "code", "state", "reason", "receivedAt", "stateSince")
  SELECT $1, (9007199254740993 + n)::text, '#' || n, 'USD', at, at,
         $3::jsonb || jsonb_build_object('typedCodes', to_jsonb(codes)),
         2000 + (luck * 10000)::int, codes, CASE WHEN luck < 0.66 THEN codes[1] END,
         CASE WHEN luck < 0.66 THEN 'reported' ELSE 'ignored' END,
         CASE WHEN luck < 0.66 THEN 'credited' WHEN luck < 0.86 THEN 'no-code' ELSE 'not-a-partner-code' END,
         at, at
  FROM (SELECT n, luck, now() - n::float / $2::int * interval '600 days' AS at,
               CASE WHEN luck < 0.66 THEN ARRAY['PARTNERS' || n % 5000]
                    WHEN luck < 0.86 THEN ARRAY[]::text[]
                    ELSE ARRAY['WELCOME' || n % 12] END AS codes
        FROM (SELECT n, random() AS luck FROM generate_series(1, $2::int) n) drawn) seeded`;

/** Of a hundred orders of the shop's own codes, impact.com has credited one by another way. */
const INSERT_DIFFERENCES = `
  INSERT INTO "Difference" ("shop", "impactOrderId", "kind", "orderId", "seenBy", "foundAt")
  SELECT "shop", "orderId", 'unknown-here', "orderId", gen_random_uuid(), now()
  FROM "Order" WHERE "shop" = $1 AND "reason" = 'not-a-partner-code' AND right("orderId", 2) = '01'`;

/** Three files of which a quarter of the registered codes came each, and one with a quarter of those that wait. */
async function seedFiles(pool: Pool, shop: ShopDomain): Promise<void> {
  await pool.query(
    `INSERT INTO "RegistrationFile" ("id", "shop", "programId", "state", "codes", "parts", "createdAt", "lookId")
     SELECT gen_random_uuid(), $1, '1000', CASE n WHEN 0 THEN 'open' ELSE 'done' END, 1, 1, now(), gen_random_uuid()
     FROM generate_series(0, 3) n`,
    [shop],
  );
  await pool.query(
    `INSERT INTO "FileCode" ("fileId", "codeId", "shop", "part", "state")
     SELECT file."id", code."id", $1, 1, CASE file."state" WHEN 'open' THEN 'waiting' ELSE 'arrived' END
     FROM (SELECT *, row_number() OVER (ORDER BY "state") AS "nth" FROM "RegistrationFile" WHERE "shop" = $1) file
     JOIN (SELECT *, CASE WHEN "impactState" = 'registered' THEN 'done' ELSE 'open' END AS "of",
                  row_number() OVER (ORDER BY "code") AS "nth"
           FROM "Code" WHERE "shop" = $1 AND "shopifyState" = 'live' AND "familyId" IS NULL
             AND "partnerId" IS NOT NULL AND "impactState" IN ('registered', 'planned')) code
       ON code."of" = file."state" AND code."nth" % 4 = file."nth" % 4`,
    [shop],
  );
}

/** Of every four hundred codes of a batch that was uploaded, one row was refused when its turn came. */
async function seedRefusedRows(pool: Pool, shop: ShopDomain): Promise<void> {
  await pool.query(
    `INSERT INTO "Upload" ("id", "shop", "discountId", "fileName", "state", "headings", "mapping",
                           "batchId", "createdAt", "expiresAt")
     SELECT gen_random_uuid(), "shop", "discountId", 'codes.csv', 'planned', '[]', '{}', "id", now(),
            now() + interval '1 day'
     FROM "Batch" WHERE "shop" = $1 ORDER BY "createdAt" DESC LIMIT 10`,
    [shop],
  );
  await pool.query(
    `INSERT INTO "UploadRow" ("uploadId", "shop", "number", "code", "partnerId", "wrong")
     SELECT upload."id", $1, row_number() OVER (PARTITION BY upload."id"), code."code" || 'X', '10001', 'Taken.'
     FROM "Upload" upload JOIN "Code" code ON code."batchId" = upload."batchId"
     WHERE upload."shop" = $1 AND right(code."code", 2) = 'F1'`,
    [shop],
  );
}
