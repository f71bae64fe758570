import type { DiscountCode, PartnerId, ShopDomain } from "#app/core/ids.ts";
import type { Reach } from "#app/core/uploads/reach.ts";
import type { RawSql } from "../raw-sql.ts";

interface Given {
  code: DiscountCode;
  partnerId: PartnerId;
  startsAt?: Date | null;
  endsAt?: Date | null;
  reach?: Reach | null;
  familyId?: string | null;
  /** Of the batch that makes it. */
  part: number;
}

/**
 * Plans codes with their partners, in one statement; gives those that are planned now. A code that
 * the shop has already is left as it is.
 */
export async function insertCodes(
  sql: RawSql,
  shop: ShopDomain,
  into: { discountId: string; batchId: string },
  given: readonly Given[],
  now: Date,
): Promise<DiscountCode[]> {
  const rows = await sql.$queryRaw<{ code: DiscountCode }[]>`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        AS given("code" text, "partnerId" text, "startsAt" timestamptz, "part" int,
                 "familyId" uuid, "endsAt" timestamptz, "reach" text)
    ), made AS (
      INSERT INTO "Code" ("id", "shop", "code", "discountId", "batchId", "part", "partnerId",
                          "shopifyState", "impactState", "createdAt", "familyId", "endsAt", "reach")
      SELECT gen_random_uuid(), ${shop}, "code", ${into.discountId}::uuid, ${into.batchId}::uuid,
             "part", "partnerId", 'planned', 'planned', ${now}, "familyId", "endsAt", "reach"
      FROM given ORDER BY "code"
      ON CONFLICT ("shop", "code") DO NOTHING RETURNING "id", "code"
    ), assigned AS (
      INSERT INTO "Assignment" ("id", "shop", "codeId", "partnerId", "startsAt")
      SELECT gen_random_uuid(), ${shop}, made."id", given."partnerId",
             COALESCE(given."startsAt", ${wholeSecond(now)}::timestamptz)
      FROM made JOIN given ON given."code" = made."code"
    )
    SELECT "code" FROM made`;
  return rows.map(({ code }) => code);
}

/** Shopify's order times have no fractions: an order of this very second must find its assignment. */
function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1_000) * 1_000);
}
