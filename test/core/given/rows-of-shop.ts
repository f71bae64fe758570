import type { World } from "#test/support/world.ts";

/** How many rows each table holds of a shop; every table with a column that names one is asked. */
export async function rowsOfShop(
  { prisma }: Pick<World, "prisma">,
  shop: string,
): Promise<Record<string, number>> {
  const columns = await prisma.$queryRaw<{ table: string; column: string }[]>`
    SELECT table_name AS table, column_name AS column FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name IN ('shop', 'domain')
    ORDER BY table_name`;
  const counts: Record<string, number> = {};
  for (const { table, column } of columns) {
    const rows = await prisma.$queryRawUnsafe<{ count: bigint }[]>(
      `SELECT count(*) AS count FROM "${table}" WHERE "${column}" = $1`,
      shop,
    );
    counts[table] = Number(rows[0]?.count);
  }
  return counts;
}
