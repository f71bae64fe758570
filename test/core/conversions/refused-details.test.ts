import { expect, test } from "vitest";
import { failure } from "#app/core/result.ts";
import { requestsTo, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const DAY_MS = 86_400_000;

/** Shopify tells of no list that holds one of these. */
function refuseDetails({ ports }: World, refused: () => readonly string[]): void {
  const { orderDetails } = ports.shopify;
  ports.shopify.orderDetails = async (shop, orderIds) => {
    const message = "Shopify refused the request. Please tell our support.";
    return orderIds.some((orderId) => refused().includes(orderId))
      ? failure({ kind: "refused", retry: "never", message })
      : orderDetails(shop, orderIds);
  };
}

async function twoOrders(world: World) {
  const orders = [buy(world, { codes: ["ANNA10"] }), buy(world, { codes: ["BEN10"] })];
  for (const order of orders) await deliver(world, webhookFor(world, order));
  const [good, bad] = orders.map(orderIdOf);
  if (!good || !bad) throw new Error("no orders");
  return { good, bad };
}

function sentOf(world: World, orderId: string) {
  const sent = requestsTo(world, "POST", "/Conversions");
  return sent.find(({ form }) => form.get("OrderId") === orderId)?.form;
}

test("an order that Shopify won't tell of waits with its sentence, and goes out with its details once it does", async () => {
  const world = await worldWithCodes();
  const { good, bad } = await twoOrders(world);
  let refused = [bad];
  refuseDetails(world, () => refused);
  await world.drain(DAY_MS, { inBatches: true });
  expect(sentOf(world, good)?.get("ItemCategory1")).toBe("Drinkware");
  expect(sentOf(world, good)?.get("CustomerStatus")).not.toBeNull();
  expect(await standingOf(world, bad)).toMatchObject({
    ...{ state: "waiting", reason: "trying-again" },
    sentence: expect.stringMatching(/Shopify refuses to tell .*three days.*without/) as string,
  });
  refused = [];
  await world.drain(DAY_MS);
  expect(sentOf(world, bad)?.get("ItemCategory1")).toBe("Drinkware");
  expect(await standingOf(world, bad)).toMatchObject({ reason: "credited" });
});

test("an order that Shopify won't tell of for three days goes out without details, and is paid", async () => {
  const world = await worldWithCodes();
  const { bad } = await twoOrders(world);
  refuseDetails(world, () => [bad]);
  await world.drain(2.5 * DAY_MS, { inBatches: true });
  expect(sentOf(world, bad)).toBeUndefined();
  await world.drain(DAY_MS, { inBatches: true });
  expect(sentOf(world, bad)?.get("CustomerStatus")).toBeNull();
  expect(sentOf(world, bad)?.get("ItemCategory1")).toBe("Uncategorized");
  expect(await standingOf(world, bad)).toMatchObject({ reason: "credited" });
});
