import fc from "fast-check";
import { expect, test } from "vitest";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { cancelOrder } from "#test/sandbox/shopify/orders/cancel-order.ts";
import { orderJson } from "#test/sandbox/shopify/orders/order-json.ts";
import { whatCustomerKept } from "#test/sandbox/shopify/orders/order-books.ts";
import { placedWebhooks, type OrderWebhook } from "#test/sandbox/shopify/orders/order-webhook.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import { deliver, variantOf, webhookFor, type WebhookRequest } from "#test/support/shopper.ts";
import { lifeStep, takeStep } from "./life-step.ts";
import { matrixShop, type MatrixShop } from "./matrix-shop.ts";

const DAY = 86_400_000;

/** Several changes in one second have one updated_at. */
const pause = fc.constantFrom(0, 300, 2_000, 3_600_000);

/** How a webhook arrives: the lower its turn, the earlier; maybe again, maybe with work in between. */
const arrival = fc.record({
  turn: fc.nat(99),
  twice: fc.constantFrom("no", "same id", "other id"),
  drainAfter: fc.constantFrom("no", "no", "what is due", "a day"),
});

type Arrival = typeof arrival extends fc.Arbitrary<infer A> ? A : never;

const life = fc.record({
  taxesIncluded: fc.boolean(),
  taxRate: fc.constantFrom(0, 0.07, 0.19),
  cart: fc.array(
    fc.record({
      title: fc.constantFrom("Mug", "Kettle", "Sample"),
      quantity: fc.integer({ min: 1, max: 5 }),
    }),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
  steps: fc.array(fc.record({ step: lifeStep, pause }), { maxLength: 6 }),
  end: fc.constantFrom("none", "none", "cancelled", "cancelled and refunded"),
  arrivals: fc.infiniteStream(arrival),
  inBatches: fc.boolean(),
});
type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;

/** Lives it at Shopify; the webhooks are signed as each change happens, and delivered later. */
function live({ world, order: place }: MatrixShop, given: Life) {
  const { shopifyState: state, shop, clock } = world;
  const { taxesIncluded, taxRate } = given;
  const lines = given.cart.map(({ title, quantity }) => ({
    variantId: variantOf(shop, title),
    quantity,
  }));
  const shipping = { title: "Standard", minor: 700 };
  const order = place({ lines, taxesIncluded, taxRate, shipping });
  const sent: WebhookRequest[] = [];
  const send = (webhooks: OrderWebhook[]) => {
    for (const { topic, payload } of webhooks) {
      sent.push(webhookFor(world, orderJson(payload), { topic }));
    }
  };
  send(placedWebhooks(order));
  for (const { step, pause: ms } of given.steps) {
    clock.pass(ms);
    send(takeStep({ state, shop, order, added: variantOf(shop, "Mug") }, step));
  }
  if (given.end !== "none") {
    const refund = given.end === "cancelled and refunded";
    send(cancelOrder(state, shop, order, { reason: "other", refund }));
  }
  return { order, sent };
}

async function arrive({ world }: MatrixShop, sent: WebhookRequest[], given: Life): Promise<void> {
  const arrivals = sent
    .map((webhook) => ({ webhook, ...(given.arrivals.next().value as Arrival) }))
    .sort((a, b) => a.turn - b.turn);
  const { inBatches } = given;
  for (const { webhook, twice, drainAfter } of arrivals) {
    await deliver(world, webhook);
    const headers = { ...webhook.headers };
    if (twice === "other id") headers["x-shopify-webhook-id"] += "-again";
    if (twice !== "no") await deliver(world, { ...webhook, headers });
    if (drainAfter !== "no") await world.drain(drainAfter === "a day" ? DAY : 0, { inBatches });
  }
  await world.drain(DAY, { inBatches });
}

/** From Shopify's own books. Money kept back, such as a restocking fee, is no sale of the partner's. */
function finallyPaidFor(order: StoredOrder, { end }: Life): number {
  if (end !== "none") return 0;
  const kept = whatCustomerKept(order);
  const goods = kept.lines.reduce((sum, { netMinor }) => sum + netMinor, 0);
  return Math.max(0, goods + Math.min(0, kept.discrepancyMinor));
}

test.each(["USD", "JPY", "KWD"])(
  "whatever happens to orders in %s, and however it is heard of, impact.com ends up with what was paid for",
  async (currency) => {
    const shop = await matrixShop({ currency });
    await fc.assert(
      fc.asyncProperty(life, async (given) => {
        const { order, sent } = live(shop, given);
        await arrive(shop, sent, given);
        const held = heldAt(shop.world.impactState, order.id);
        expect(held.amountMinor).toBe(finallyPaidFor(order, given));
      }),
      { numRuns: 14 },
    );
    // Lives that impact.com never heard of would all come out even.
    const { impactState, impact } = shop.world;
    expect(actionsOf(impactState).length).toBeGreaterThan(0);
    expect(impact.requests.some(({ method }) => method === "PUT")).toBe(true);
  },
);
