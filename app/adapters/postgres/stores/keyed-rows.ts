import { Prisma } from "@prisma/client";
import type { ShopDomain } from "#app/core/ids.ts";

// Joined with shop and key, each row is looked up by its key. A shop given as a constant looks selective
// to PostgreSQL as long as it has no statistics, and then all rows of the shop are read instead: hence
// the shop beside each key, behind OFFSET 0, which no planner looks through.

const TYPES = { id: "uuid", orderId: "text", submissionId: "text" } as const;

/** Keys of one shop as a table of the columns "shop" and that of the key; each key once. */
export function keysOf(
  shop: ShopDomain,
  column: keyof typeof TYPES,
  keys: readonly string[],
): Prisma.Sql {
  const [name, type] = [Prisma.raw(`"${column}"`), Prisma.raw(TYPES[column])];
  return Prisma.sql`
    (SELECT DISTINCT ${shop}::text AS "shop", unnest(${keys}::${type}[]) AS ${name} OFFSET 0)`;
}

/** Rows of one shop as a table of "shop" and these columns, which are given as SQL defines them. */
export function rowsOf(shop: ShopDomain, rows: readonly object[], columns: string): Prisma.Sql {
  return Prisma.sql`
    (SELECT ${shop}::text AS "shop", r.* FROM json_to_recordset(${JSON.stringify(rows)}::text::json)
       AS r(${Prisma.raw(columns)}) OFFSET 0)`;
}
