import type { World } from "#test/support/world.ts";

/**
 * Every row of a shop in every table that names shops, and its jobs: as text, to be compared before
 * and after. `except` leaves tables out.
 */
export async function everythingOf(
  { prisma }: Pick<World, "prisma">,
  shop: string,
  except: string[] = [],
): Promise<string> {
  const columns = await prisma.$queryRaw<{ table: string; column: string }[]>`
    SELECT table_name AS table, column_name AS column FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name IN ('shop', 'domain')
    ORDER BY table_name`;
  const all: Record<string, string[]> = {};
  for (const { table, column } of columns) {
    if (except.includes(table)) continue;
    const rows = await prisma.$queryRawUnsafe<{ row: string }[]>(
      `SELECT to_jsonb(t)::text AS row FROM "${table}" t WHERE "${column}" = $1 ORDER BY 1`,
      shop,
    );
    all[table] = rows.map(({ row }) => row);
  }
  const jobs = await prisma.$queryRaw<{ row: string }[]>`
    SELECT name || ' ' || data::text AS row FROM pgboss.job WHERE data->>'shop' = ${shop} ORDER BY 1`;
  all["jobs"] = jobs.map(({ row }) => row);
  return JSON.stringify(all, null, 1);
}
