import { expect, test } from "vitest";
import { registerCode } from "#app/core/codes/register-code.ts";
import { codeOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buy, deliver, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const MANY = 10_000;

/** As many more rows like the one there is, each of an order of its own. */
async function multiply({ prisma }: World, table: "Order" | "Conversion"): Promise<void> {
  const columns = await prisma.$queryRaw<{ name: string }[]>`
    SELECT column_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = ${table} AND is_generated = 'NEVER'`;
  const own: Record<string, string> = {
    id: "gen_random_uuid()",
    orderId: `("orderId"::bigint + n)::text`,
    impactOrderId: `("impactOrderId"::bigint + n)::text`,
  };
  const names = columns.map(({ name }) => `"${name}"`).join();
  const values = columns.map(({ name }) => own[name] ?? `"${name}"`).join();
  await prisma.$executeRawUnsafe(
    `INSERT INTO "${table}" (${names}) SELECT ${values} FROM "${table}", generate_series(1, ${MANY}) n`,
  );
}

test("a code that very many orders wait for is registered, and lets each of them go", async () => {
  const world = await worldWithCodes();
  const waiting = { impactState: "planned", impactAttempts: 1 };
  await world.prisma.code.updateMany({ where: { code: "ANNA10" }, data: waiting });
  await deliver(world, webhookFor(world, buy(world, { codes: ["ANNA10"] })));
  await world.drain(0);
  for (const table of ["Order", "Conversion"] as const) await multiply(world, table);
  await world.prisma.$executeRaw`DELETE FROM pgboss.job`;
  const { id } = await codeOf(world, "ANNA10");
  await registerCode(world.ports, { shop: world.domain, codeId: id });
  expect(await codeOf(world, "ANNA10")).toMatchObject({ impactState: "registered" });
  const jobs = await world.prisma.$queryRaw`
    SELECT count(*)::int AS all FROM pgboss.job, jsonb_array_elements(data->'conversionIds')
    WHERE name = 'send-conversion'`;
  expect(jobs).toEqual([{ all: MANY + 1 }]);
});

test("a shop with very many rows is erased", async () => {
  const world = await worldWithCodes();
  await deliver(world, webhookFor(world, buy(world, { codes: ["ANNA10"] })));
  await world.drain();
  for (const table of ["Order", "Conversion"] as const) await multiply(world, table);
  world.uninstall();
  const body = JSON.stringify({ shop_domain: world.domain });
  await deliver(world, webhookFor(world, body, { topic: "shop/redact" }));
  await world.drain();
  expect([await world.prisma.order.count(), await world.prisma.conversion.count()]).toEqual([0, 0]);
  expect(await world.prisma.complianceRecord.count()).toBe(1);
});
