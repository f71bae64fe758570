import { randomUUID } from "node:crypto";
import type { Prisma } from "@prisma/client";
import { expect, onTestFinished, test } from "vitest";
import { createPrismaClient } from "#app/adapters/postgres/prisma-client.ts";
import { createFamilyStore } from "#app/adapters/postgres/stores/family-store.ts";
import type { ShopDomain } from "#app/core/ids.ts";
import { createTestDatabase } from "#test/support/test-database.ts";

const SHOP = "tea-house.myshopify.com" as ShopDomain;
const NOW = new Date("2026-11-26T12:00:00Z");
const OF_FAMILY = 250;
const OTHERS = 8_000;

/** A shop with many codes that wait for impact.com, some of one family, in tables without statistics. */
async function withCodes() {
  const database = await createTestDatabase();
  const prisma = createPrismaClient(database.url);
  onTestFinished(async () => {
    await prisma.$disconnect();
    await database.drop();
  });
  const [familyId, discountId] = [randomUUID(), randomUUID()];
  const family = { id: familyId, shop: SHOP, partnerId: "10001", shape: "ANNA-******" };
  await prisma.codeFamily.create({ data: { ...family, state: "planned", createdAt: NOW } });
  await prisma.discount.create({
    data: {
      ...{ id: discountId, shop: SHOP, draftKey: "one", title: "Creators", currency: "USD" },
      ...{ valueKind: "percentage", basisPoints: 1_000, startsAt: NOW, createdAt: NOW },
      ...{ oncePerCustomer: false, combines: true },
    },
  });
  await prisma.$executeRaw`
    INSERT INTO "Code" ("id", "shop", "code", "discountId", "familyId", "shopifyState", "impactState", "createdAt")
    SELECT gen_random_uuid(), ${SHOP}, 'C' || n, ${discountId}::uuid,
           CASE WHEN n <= ${OF_FAMILY}::int THEN ${familyId}::uuid END, 'live', 'planned', ${NOW}
    FROM generate_series(1, ${OF_FAMILY + OTHERS}::int) n`;
  const codes = await prisma.code.findMany({ where: { familyId }, select: { id: true } });
  return { prisma, familyId, codeIds: codes.map(({ id }) => id) };
}

/** How many rows of the table Code a step reads. */
async function rowsRead(
  prisma: Awaited<ReturnType<typeof withCodes>>["prisma"],
  step: (tx: Prisma.TransactionClient) => Promise<unknown>,
): Promise<number> {
  return prisma.$transaction(async (tx) => {
    // What the connection did before may not have been passed on yet.
    const before = await readSoFar(tx);
    await step(tx);
    return (await readSoFar(tx)) - before;
  });
}

async function readSoFar(tx: Prisma.TransactionClient): Promise<number> {
  const [read] = await tx.$queryRaw<{ rows: number }[]>`
    SELECT (seq_tup_read + COALESCE(idx_tup_fetch, 0))::int AS "rows"
    FROM pg_stat_xact_user_tables WHERE relname = 'Code'`;
  return read?.rows ?? 0;
}

test("codes become as their family is by look-ups of those alone, though the shop has many and no statistics", async () => {
  const { prisma, familyId, codeIds } = await withCodes();
  const family = { id: familyId, state: "registered", promoCodeId: "1", problem: null } as const;
  const saved = { ...family, attempts: 1, leaseUntil: null };
  const registered = () => prisma.code.count({ where: { impactState: "registered" } });
  const bySaving = await rowsRead(prisma, (tx) =>
    createFamilyStore(tx).saveState(SHOP, saved, NOW),
  );
  expect(await registered()).toBe(OF_FAMILY);
  await prisma.code.updateMany({ where: { familyId }, data: { impactState: "planned" } });
  const byFollowing = await rowsRead(prisma, (tx) =>
    createFamilyStore(tx).follow(SHOP, codeIds, NOW),
  );
  expect(await registered()).toBe(OF_FAMILY);
  // Each is found, checked and written; a shop's codes read once are more.
  for (const rows of [bySaving, byFollowing]) {
    expect(rows).toBeGreaterThanOrEqual(OF_FAMILY);
    expect(rows).toBeLessThan(OTHERS);
  }
});
