import { expect, test } from "vitest";
import { sendConversions } from "#app/core/conversions/send-conversion.ts";
import { processDeliveries } from "#app/core/orders/process-delivery.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buy, deliver, webhookFor } from "#test/support/shopper.ts";

const ORDERS = 40;
const POSTS_AT_ONCE = 16;

test("a merchant who disconnects while a list is sent: what is not on its way by then is not sent", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, prisma } = world;
  for (let number = 0; number < ORDERS; number += 1) {
    await deliver(world, webhookFor(world, buy(world, { codes: ["ANNA10"] })));
  }
  const deliveries = await prisma.delivery.findMany({ where: { shop, state: "received" } });
  await processDeliveries(ports, { shop, deliveryIds: deliveries.map(({ id }) => id) });
  const conversionIds = (await prisma.conversion.findMany({ where: { shop } })).map(({ id }) => id);
  let posted = 0;
  const submitConversion: Ports["impact"]["submitConversion"] = async (...given) => {
    posted += 1;
    if (posted === 3) await ports.store.connections.remove(shop);
    return ports.impact.submitConversion(...given);
  };
  const leaving = { ...ports, impact: { ...ports.impact, submitConversion } };
  await sendConversions(leaving, { shop, conversionIds });
  expect(conversionIds).toHaveLength(ORDERS);
  expect(posted).toBeLessThanOrEqual(POSTS_AT_ONCE + 2);
  const left = await prisma.conversion.count({ where: { shop, state: "ready" } });
  expect(left).toBe(ORDERS - posted);
});
