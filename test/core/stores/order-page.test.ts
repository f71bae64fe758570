import { expect, test } from "vitest";
import type { OrderId } from "#app/core/ids.ts";
import { listOrders } from "#app/core/orders/list-orders.ts";
import { readOrder } from "#app/core/orders/read-order.ts";
import { readDiscount } from "#app/core/codes/read-discounts.ts";
import { retryDiscount } from "#app/core/codes/retry-discount.ts";
import { orderFactsWith } from "#test/core/given/order-facts-with.ts";
import { createWorld, type World } from "#test/support/world.ts";

const FIRST_ID = 9_007_199_254_742_000n;

/** Orders of which always three were placed in the same second. */
async function storeOrders({ ports, domain }: World, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, i) => String(FIRST_ID + BigInt(i)));
  for (const [i, id] of ids.entries()) {
    const placedAt = new Date(Date.UTC(2026, 10, 23, 10, 0, Math.floor(i / 3)));
    const facts = orderFactsWith({ orderId: id as OrderId, placedAt });
    await ports.store.orders.saveFacts(domain, [facts], placedAt);
  }
  return ids;
}

test("pages hold every order once, newest first, also where several share a second", async () => {
  const world = await createWorld();
  const ids = await storeOrders(world, 20);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await world.ports.store.orders.page(world.domain, {
      limit: 4,
      ...(cursor && { cursor }),
    });
    seen.push(...page.orders.map(({ orderId }) => orderId));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(ids.toReversed());
});

test("an order that comes in while somebody pages shifts nothing", async () => {
  const world = await createWorld();
  const ids = await storeOrders(world, 6);
  const { store } = world.ports;
  const first = await store.orders.page(world.domain, { limit: 3 });
  await storeOrders(world, 9);
  const second = await store.orders.page(world.domain, {
    limit: 3,
    cursor: first.nextCursor ?? "",
  });
  expect([...first.orders, ...second.orders].map(({ orderId }) => orderId)).toEqual(
    ids.toReversed(),
  );
});

test("a cursor that was tampered with breaks nothing", async () => {
  const world = await createWorld();
  await storeOrders(world, 2);
  const tampered = [
    "",
    "nonsense",
    "1-1; DROP TABLE",
    "99999999999999999999-1",
    "999999999999999-1",
  ];
  for (const cursor of [...tampered, "99999999999999-1"]) {
    const list = await listOrders(world.ports, { shop: world.domain, cursor });
    expect(list.orders.length, cursor).toBe(2);
  }
});

test("an order or discount id typed into the address by hand finds nothing and breaks nothing", async () => {
  const { ports, domain: shop } = await createWorld();
  for (const id of ["nonsense", "1", "%00", "9".repeat(40)]) {
    expect(await readOrder(ports, { shop, orderId: id as OrderId })).toBeNull();
    expect(await readDiscount(ports, { shop, discountId: id })).toBeNull();
    await retryDiscount(ports, { shop, discountId: id });
  }
});
