import { expect, test } from "vitest";
import { sendAdjustment } from "#app/core/adjustments/send-adjustment.ts";
import { retryOrder } from "#app/core/orders/retry-order.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { conversionOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { deliverAll, staffOf } from "#test/support/shopify-staff.ts";

const LEASE_MS = 120_000;
const MOST_BREAKS = 12;

/** A credited order that was cancelled since, and what breaks off its reversal at each lease. */
async function cancelledOrder() {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  const order = buy(world, { codes: ["ANNA10"] });
  const orderId = orderIdOf(order);
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const submitAdjustment: Ports["impact"]["submitAdjustment"] = () => {
    throw new Error("a bug");
  };
  const withBug: Ports = { ...ports, impact: { ...ports.impact, submitAdjustment } };
  const { submitAdjustment: mended } = ports.impact;
  ports.impact.submitAdjustment = submitAdjustment;
  await deliverAll(world, staffOf(world).cancel(order, { reason: "customer", refund: true }));
  await expect(world.drain(0)).rejects.toThrow("a bug");
  ports.impact.submitAdjustment = mended;
  const { id: conversionId } = await conversionOf(world, orderId);
  const adjustment = await ports.store.adjustments.newestFor(shop, conversionId);
  if (!adjustment) throw new Error("nothing is to be adjusted");
  const breakOff = async (times: number) => {
    for (let time = 0; time < times; time += 1) {
      world.clock.pass(LEASE_MS + 1);
      await sendAdjustment(withBug, { shop, adjustmentId: adjustment.id }).catch(() => undefined);
    }
  };
  return { world, orderId, breakOff };
}

test("a change whose sending always breaks off fails after twelve times, where the merchant sees it", async () => {
  const { world, orderId, breakOff } = await cancelledOrder();
  await breakOff(MOST_BREAKS - 1);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "adjusting" });
  await breakOff(1);
  const standing = await standingOf(world, orderId);
  expect(standing).toMatchObject({ state: "failed", reason: "not-adjusted" });
  expect(standing?.sentence).toMatch(/this app broke off each time/i);
});

test("a change that was given up is sent when the merchant tries again after the bug is mended", async () => {
  const { world, orderId, breakOff } = await cancelledOrder();
  await breakOff(MOST_BREAKS);
  const retried = await retryOrder(world.ports, { shop: world.domain, orderId });
  expect(retried).toMatchObject({ ok: true });
  await world.drain();
  expect(actionsOf(world.impactState, orderId)).toMatchObject([{ reversed: true }]);
});
