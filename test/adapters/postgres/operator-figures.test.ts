import { expect, test } from "vitest";
import { readOperatorFigures } from "#app/adapters/postgres/operator-figures.ts";
import { disconnectImpact } from "#app/core/program/connect-impact.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { createWorld, type World } from "#test/support/world.ts";

async function worldWithShop(): Promise<World> {
  const world = await createWorld();
  const { prisma, domain, clock } = world;
  const details = { name: "Tea House", currency: "USD", timeZone: "America/New_York" };
  await prisma.shop.create({ data: { domain, ...details, installedAt: clock.now() } });
  return world;
}

async function kindsOf({ prisma }: World): Promise<string[]> {
  const { reconciliations } = await readOperatorFigures(prisma);
  return reconciliations.map(({ kind }) => kind);
}

test("a shop that was never reconciled grows old from the day it was installed", async () => {
  const world = await worldWithShop();
  await world.prisma.$executeRaw`UPDATE "Shop" SET "installedAt" = now() - interval '3 days'`;
  const { reconciliations } = await readOperatorFigures(world.prisma);
  expect(reconciliations).toMatchObject([{ shop: world.domain, kind: "orders", found: 0 }]);
  expect(reconciliations[0]?.endedS).toBeGreaterThan(2 * 86_400);
});

test("only a shop with a program is expected to reconcile impact.com's actions", async () => {
  const world = await worldWithShop();
  expect(await kindsOf(world)).toEqual(["orders"]);
  await setUpProgram(world);
  expect(await kindsOf(world)).toEqual(["actions", "orders"]);
  await disconnectImpact(world.ports, world.domain);
  expect(await kindsOf(world)).toEqual(["orders"]);
});
