import { expect, test } from "vitest";
import { forgetClicks } from "#app/adapters/postgres/forget-clicks.ts";
import type { OrderId, ShopDomain } from "#app/core/ids.ts";
import { createWorld } from "#test/support/world.ts";

const LONG_AGO = new Date("2026-11-01T00:00:00Z");
const NOW = new Date("2026-11-05T00:00:00Z");

test("clicks whose order never came are deleted, and those of orders stay", async () => {
  const { ports, prisma, domain } = await createWorld();
  const { clicks } = ports.store;
  const click = (checkoutHash: string) => ({ checkoutHash, clickId: "Click-1", seenAt: null });
  await clicks.record(domain, click("of an order"), LONG_AGO);
  await clicks.record(domain, click("of none"), LONG_AGO);
  await clicks.record(domain, click("new"), NOW);
  const orderId = "5001" as OrderId;
  await clicks.takeFor(domain, [{ orderId, checkoutHash: "of an order" }]);
  expect(await forgetClicks(prisma, new Date("2026-11-03T00:00:00Z"))).toBe(1);
  const kept = await prisma.click.findMany({ orderBy: { checkoutHash: "asc" } });
  expect(kept.map(({ checkoutHash }) => checkoutHash)).toEqual(["new", "of an order"]);
});

test("of clicks whose orders may still come, each shop keeps the newest so many", async () => {
  const { ports, prisma, domain } = await createWorld();
  const other = "coffee-house.myshopify.com" as ShopDomain;
  const tell = (shop: ShopDomain, second: number) =>
    ports.store.clicks.record(
      shop,
      { checkoutHash: `${second}`, clickId: "Click-1", seenAt: null },
      new Date(NOW.getTime() + second * 1_000),
    );
  for (const second of [1, 2, 3]) await tell(domain, second);
  await tell(other, 0);
  await ports.store.clicks.takeFor(domain, [{ orderId: "5001" as OrderId, checkoutHash: "1" }]);
  expect(await forgetClicks(prisma, LONG_AGO, 1)).toBe(1);
  const kept = await prisma.click.findMany({ orderBy: { receivedAt: "asc" } });
  expect(kept.map(({ shop, checkoutHash }) => [shop, checkoutHash])).toEqual([
    [other, "0"],
    [domain, "1"],
    [domain, "3"],
  ]);
});
