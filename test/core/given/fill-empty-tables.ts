import { rowsOfShop } from "#test/core/given/rows-of-shop.ts";
import type { World } from "#test/support/world.ts";

interface Column {
  name: string;
  type: string;
}

/** Gives the shop a row in every table that has none of its, so that none is proved empty by accident. */
export async function fillEmptyTables({ prisma }: World, shop: string): Promise<void> {
  const rows = await rowsOfShop({ prisma }, shop);
  const { id: codeId, batchId } = await prisma.code.findFirstOrThrow({
    where: { shop, batchId: { not: null } },
  });
  // What has to be there already.
  const known: Record<string, string> = { codeId, batchId: batchId ?? "" };
  for (const table of Object.keys(rows).filter((name) => rows[name] === 0)) {
    const columns = await prisma.$queryRaw<Column[]>`
      SELECT column_name AS name, udt_name AS type FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = ${table}
        AND is_nullable = 'NO' AND column_default IS NULL`;
    const names = columns.map(({ name }) => `"${name}"`);
    const values = columns.map((column, index) => `$${index + 1}::${column.type}`);
    await prisma.$executeRawUnsafe(
      `INSERT INTO "${table}" (${names.join()}) VALUES (${values.join()})`,
      ...columns.map((column) => known[column.name] ?? valueOf(column, shop)),
    );
  }
}

function valueOf({ name, type }: Column, shop: string): string {
  if (name === "shop" || name === "domain") return shop;
  const values: Record<string, string> = {
    uuid: crypto.randomUUID(),
    timestamptz: "2026-11-23T10:00:00Z",
    timestamp: "2026-11-23T10:00:00Z",
    jsonb: "[]",
    int4: "1",
    int8: "1",
    bool: "false",
    _text: "{}",
  };
  return values[type] ?? `${name} of ${shop}`;
}
