import { Prisma } from "@prisma/client";
import type { ShopDomain } from "#app/core/ids.ts";
import type { Db } from "../prisma-client.ts";

/** Rows that refer to others come before them; an upload before its rows, since it lets none in then. */
const TABLES = [
  "Difference",
  "CreditedThere",
  "CodeDifference",
  "SeenCode",
  "Reconciliation",
  "Submission",
  "Adjustment",
  "Conversion",
  "Attribution",
  "AttributionRule",
  "Refund",
  "Click",
  "ClickLookUp",
  "ReplayLookUp",
  "ClickRefusal",
  "RedactedOrder",
  "Order",
  "Upload",
  "UploadRow",
  "Adoption",
  "AdoptionDiscount",
  "AdoptionCode",
  "RegistrationFile",
  "FileCode",
  "AdoptionRow",
  "Assignment",
  "Change",
  "MadeAgain",
  "Code",
  "CodeView",
  "CodeFamily",
  "Batch",
  "Discount",
  "Partner",
  "PartnerSync",
];

const PAGE = 1_000;

/**
 * Deletes all rows of a shop, in pages, so that no statement holds many; only the delivery `but` and
 * the records of compliance requests stay. To be called outside of a transaction, and again where it
 * was cut off.
 */
export async function eraseShopRows(db: Db, shop: ShopDomain, but: string): Promise<void> {
  await db.session.deleteMany({ where: { shop } });
  await db.impactAccount.deleteMany({ where: { shop } });
  await db.program.deleteMany({ where: { shop } });
  await forgetWhoUsedPrograms(db, shop);
  // Before all else: it waits for those that hold the row, and nobody brings in anything after it.
  await db.shop.deleteMany({ where: { domain: shop } });
  // What runs at this moment, this very erasure among it, ends by itself.
  const jobs = Prisma.sql`data->>'shop' = ${shop} AND state <> 'active'
    AND data->>'deliveryId' IS DISTINCT FROM ${but}`;
  await inPages(db, Prisma.sql`pgboss.job`, jobs);
  for (const table of TABLES) {
    await inPages(db, Prisma.raw(`"${table}"`), Prisma.sql`"shop" = ${shop}`);
  }
  const others = Prisma.sql`"shop" = ${shop} AND "id" <> ${but}::uuid`;
  await inPages(db, Prisma.raw(`"Delivery"`), others);
  await db.complianceRecord.updateMany({ where: { shop }, data: { orderIds: [] } });
}

/** impact.com goes on listing the shop's actions: they must not seem to be another shop's there. */
async function forgetWhoUsedPrograms(db: Db, shop: ShopDomain): Promise<void> {
  await db.$executeRaw`
    WITH gone AS (DELETE FROM "ProgramUse" WHERE "shop" = ${shop} RETURNING "accountSid", "programId")
    INSERT INTO "ProgramUse" ("accountSid", "programId", "shop")
    SELECT "accountSid", "programId", '' FROM gone ON CONFLICT DO NOTHING`;
}

async function inPages(db: Db, table: Prisma.Sql, condition: Prisma.Sql): Promise<void> {
  let deleted = PAGE;
  while (deleted === PAGE) {
    // A ctid is unique within one partition only.
    deleted = await db.$executeRaw`
      DELETE FROM ${table} WHERE (tableoid, ctid) IN (
        SELECT tableoid, ctid FROM ${table} WHERE ${condition} LIMIT ${PAGE}) AND ${condition}`;
  }
}
