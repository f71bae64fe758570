import { expect, test } from "vitest";
import { makeCodes } from "#app/core/batches/make-codes.ts";
import { readOrder } from "#app/core/orders/read-order.ts";
import { ANNA, BEN, codesOf, drawn, familyWorld } from "#test/core/given/family-world.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

/** One of the batch's codes that begins so. */
async function codeLike(world: World, batchId: string, start: string): Promise<string> {
  const { codes } = await codesOf(world, batchId);
  const found = codes.find(({ code }) => code.startsWith(start));
  if (!found) throw new Error(`no code ${start}…`);
  return found.code;
}

test.each(["api-page", "help-page"] as const)(
  "an order with a code of a family earns its partner, whether impact.com takes case as its %s says",
  async (codeCase) => {
    const { world, discountId } = await familyWorld();
    world.impactState.rules.codeCase = codeCase;
    const batchId = await drawn(world, discountId);
    await world.drain();
    for (const [partnerId, start] of [
      [ANNA, "ANNA10-"],
      [BEN, "BEN10-"],
    ] as const) {
      const code = await codeLike(world, batchId, start);
      const orderId = await buyAndDeliver(world, { codes: [code.toLowerCase()] });
      expect(whoWasPaid(world.impactState, orderId)).toMatchObject({
        ...{ partnerId, code, amountMinor: 6_210, because: "promo code" },
      });
      const history = await readOrder(world.ports, { shop: world.domain, orderId });
      expect(history?.order).toMatchObject({ state: "reported", reason: "credited" });
    }
  },
);

test("an order that comes before its family is registered waits, and goes out once it is", async () => {
  const { world, discountId } = await familyWorld();
  const isRegistration = ({ method, path }: { method: string; path: string }) =>
    method === "POST" && path.endsWith("/PromoCodes");
  world.impact.faults.rateLimitNext(1, isRegistration);
  const batchId = await drawn(world, discountId);
  await world.drain(30_000);
  const order = buy(world, { codes: [await codeLike(world, batchId, "ANNA10-")] });
  await deliver(world, webhookFor(world, order));
  await world.drain(30_000);
  const asked = { shop: world.domain, orderId: orderIdOf(order) };
  const waiting = await readOrder(world.ports, asked);
  expect(waiting?.order).toMatchObject({ state: "waiting", reason: "code-not-registered" });
  await world.drain();
  expect(whoWasPaid(world.impactState, order.id)).toMatchObject({ partnerId: ANNA });
});

test("an order that comes while its code is going live goes out, though its family was registered before", async () => {
  const { world, discountId } = await familyWorld();
  await drawn(world, discountId);
  await world.drain();
  const batchId = await drawn(world, discountId, { draftKey: "later" });
  const { ports, domain: shop } = world;
  const { readCreation } = ports.shopify;
  // Shopify has made a code and the customer has it, before the batch hears of it.
  const buyFirst: typeof readCreation = async (...asked) => {
    const read = await readCreation(...asked);
    // Of the part that is being read: another one's codes may go live meanwhile.
    const parts = await ports.store.batches.listOpenParts(shop, batchId, 9);
    const number = parts.find(({ bulkCreationId }) => bulkCreationId === asked[1])?.number ?? 0;
    const planned = await ports.store.batches.listPlanned(shop, batchId, [number]);
    const made = planned.get(number)?.find(({ code }) => world.shop.codes.has(code));
    if (made && world.shop.orders.length === 0) {
      const order = buy(world, { codes: [made.code] });
      await deliver(world, webhookFor(world, order));
      await world.drain(0);
      const history = await readOrder(ports, { shop, orderId: orderIdOf(order) });
      expect(history?.order).toMatchObject({ state: "waiting", reason: "code-not-registered" });
    }
    return read;
  };
  const shopify = { ...ports.shopify, readCreation: buyFirst };
  for (let runs = 0; runs < 9; runs += 1) {
    await makeCodes({ ...ports, shopify }, { shop, batchId });
    world.clock.pass(30_000);
  }
  await world.drain();
  const [bought] = world.shop.orders;
  expect(whoWasPaid(world.impactState, bought?.id ?? "")).toMatchObject({ because: "promo code" });
});
