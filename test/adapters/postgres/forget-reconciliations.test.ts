import { expect, test } from "vitest";
import { forgetReconciliations } from "#app/adapters/postgres/forget-reconciliations.ts";
import { createWorld } from "#test/support/world.ts";

const DAY_MS = 86_400_000;

test("old runs are deleted, except each shop's newest of a kind", async () => {
  const { prisma, domain: shop } = await createWorld();
  await prisma.reconciliation.deleteMany();
  const end = Date.UTC(2026, 10, 23);
  const runWith = (kind: string, days: number) => {
    const at = new Date(end - days * DAY_MS);
    const times = { fromAt: at, toAt: at, startedAt: at, progressAt: at, finishedAt: at };
    return { shop, kind, state: "finished", ...times };
  };
  await prisma.reconciliation.createMany({
    data: [
      runWith("backfill", 300),
      runWith("orders", 120),
      runWith("orders", 110),
      runWith("orders", 10),
      runWith("actions", 200),
      runWith("actions", 190),
    ],
  });
  const before = new Date(end - 90 * DAY_MS);
  expect(await forgetReconciliations(prisma, before)).toBe(3);
  expect(await forgetReconciliations(prisma, before)).toBe(0);
  const left = await prisma.reconciliation.findMany({ orderBy: { startedAt: "asc" } });
  expect(left.map(({ kind }) => kind)).toEqual(["backfill", "actions", "orders"]);
});
