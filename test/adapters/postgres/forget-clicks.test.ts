import { expect, test } from "vitest";
import { forgetClicks } from "#app/adapters/postgres/forget-clicks.ts";
import type { OrderId } from "#app/core/ids.ts";
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
