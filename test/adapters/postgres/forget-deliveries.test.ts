import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { forgetDeliveries } from "#app/adapters/postgres/forget-deliveries.ts";
import { createWorld } from "#test/support/world.ts";

const BEFORE = new Date("2026-08-01T00:00:00Z");

test("processed deliveries before the day go, page by page; younger, unprocessed and failed ones stay", async () => {
  const { prisma } = await createWorld();
  const delivery = (shop: string, state: string, day: string) => ({
    ...{ shop, state, webhookId: randomUUID(), topic: "orders/create" },
    receivedAt: new Date(`${day}T12:00:00Z`),
  });
  const old = (shop: string) => delivery(shop, "processed", "2026-07-31");
  await prisma.delivery.createMany({
    data: [
      ...Array.from({ length: 2_100 }, () => old("tea-house.myshopify.com")),
      old("coffee-house.myshopify.com"),
      delivery("tea-house.myshopify.com", "processed", "2026-08-02"),
      delivery("tea-house.myshopify.com", "received", "2026-07-01"),
      delivery("tea-house.myshopify.com", "failed", "2026-07-01"),
    ],
  });
  expect(await forgetDeliveries(prisma, BEFORE)).toBe(2_101);
  expect(await forgetDeliveries(prisma, BEFORE)).toBe(0);
  const left = await prisma.delivery.findMany({ orderBy: { state: "asc" } });
  expect(left.map(({ state }) => state)).toEqual(["failed", "processed", "received"]);
});
