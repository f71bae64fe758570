import fc from "fast-check";
import { startReconciliation } from "#app/core/ledger/start-reconciliation.ts";
import type { AmountBasis } from "#app/core/shops/report-settings.ts";
import { cancelOrder } from "#test/sandbox/shopify/orders/cancel-order.ts";
import { orderJson } from "#test/sandbox/shopify/orders/order-json.ts";
import { placedWebhooks, type OrderWebhook } from "#test/sandbox/shopify/orders/order-webhook.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import { deliver, variantOf, webhookFor, type WebhookRequest } from "#test/support/shopper.ts";
import { lifeStep, paidIn, takeStep } from "./life-step.ts";
import type { MatrixShop } from "./matrix-shop.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Several changes in one second have one updated_at. */
const pause = fc.constantFrom(0, 300, 2_000, 3_600_000);

/**
 * How a webhook arrives: so many changes of the order later, or when its life is over; of those that
 * are due, the lower its turn, the earlier; maybe again, maybe with work in between. Or it never does.
 */
const arrival = fc.record({
  delay: fc.constantFrom(0, 0, 1, 2, Infinity),
  turn: fc.nat(99),
  twice: fc.constantFrom("no", "same id", "other id"),
  isLost: fc.constantFrom(false, false, false, true),
  drainAfter: fc.constantFrom("no", "no", "what is due", "a day"),
});

type Arrival = typeof arrival extends fc.Arbitrary<infer A> ? A : never;

const cartLine = fc.record({
  title: fc.constantFrom("Mug", "Kettle", "Sample"),
  quantity: fc.integer({ min: 1, max: 5 }),
});

/** An order, all that befalls it, and how its webhooks arrive. */
export const life = fc.record({
  paidIn,
  taxesIncluded: fc.boolean(),
  taxRate: fc.constantFrom(0, 0.07, 0.19),
  basis: fc.constantFrom<AmountBasis>("net", "net-with-tax", "gross"),
  editsAppearAsRefunds: fc.constantFrom(true, true, false),
  cart: fc.array(cartLine, { minLength: 1, maxLength: 4 }),
  tipMinor: fc.constantFrom(0, 0, 450),
  steps: fc.array(fc.record({ step: lifeStep, pause }), { maxLength: 6 }),
  end: fc.constantFrom("none", "none", "cancelled", "cancelled and refunded"),
  isHeardAfterwards: fc.constantFrom(false, false, true),
  arrivals: fc.infiniteStream(arrival),
  inBatches: fc.boolean(),
  someAreLost: fc.boolean(),
});
export type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;

interface OnItsWay extends Arrival {
  webhook: WebhookRequest;
  dueAt: number;
}

/**
 * Lives it at Shopify while its webhooks, signed as each change happens, arrive between the changes and
 * after them, and conversions are sent and settled in between.
 */
export async function live(shop: MatrixShop, given: Life): Promise<StoredOrder> {
  const { world } = shop;
  const { inBatches } = given;
  const order = place(shop, given);
  const onItsWay: OnItsWay[] = [];
  let moment = 0;
  const happens = async (webhooks: OrderWebhook[]) => {
    for (const { topic, payload } of webhooks) {
      const webhook = webhookFor(world, orderJson(payload), { topic });
      const how = given.arrivals.next().value as Arrival;
      if (given.someAreLost && how.isLost) continue;
      const delay = given.isHeardAfterwards ? Infinity : how.delay;
      onItsWay.push({ ...how, webhook, dueAt: moment + delay });
    }
    await arrive(shop, takeDue(onItsWay, moment), given);
    moment += 1;
  };
  await happens(placedWebhooks(order));
  const living = { state: world.shopifyState, shop: world.shop, order };
  for (const { step, pause: ms } of given.steps) {
    world.clock.pass(ms);
    await happens(takeStep({ ...living, added: variantOf(world.shop, "Mug") }, step));
  }
  if (given.end !== "none") {
    const refund = given.end === "cancelled and refunded";
    await happens(cancelOrder(living.state, living.shop, order, { reason: "other", refund }));
  }
  await arrive(shop, takeDue(onItsWay, Infinity), given);
  await world.drain(DAY, { inBatches });
  if (given.someAreLost) await reconcile(shop, given);
  return order;
}

/** Nothing but Shopify's list tells of what was lost. */
async function reconcile({ world }: MatrixShop, { inBatches }: Life): Promise<void> {
  world.clock.pass(HOUR);
  await startReconciliation(world.ports, { shop: world.domain, kind: "orders" });
  await world.drain(DAY, { inBatches });
}

function place({ world, order }: MatrixShop, { taxesIncluded, taxRate, tipMinor, ...given }: Life) {
  world.shopifyState.editsAppearAsRefunds = given.editsAppearAsRefunds;
  const lines = given.cart.map(({ title, quantity }) => ({
    variantId: variantOf(world.shop, title),
    quantity,
  }));
  const shipping = { title: "Standard", minor: 700 };
  return order({ lines, taxesIncluded, taxRate, tipMinor, shipping, ...given.paidIn });
}

function takeDue(onItsWay: OnItsWay[], moment: number): OnItsWay[] {
  const due = onItsWay.filter(({ dueAt }) => dueAt <= moment);
  const later = onItsWay.filter(({ dueAt }) => dueAt > moment);
  onItsWay.splice(0, onItsWay.length, ...later);
  return due.sort((a, b) => a.turn - b.turn);
}

async function arrive(
  { world }: MatrixShop,
  due: readonly OnItsWay[],
  { inBatches }: Life,
): Promise<void> {
  for (const { webhook, twice, drainAfter } of due) {
    await deliver(world, webhook);
    const headers = { ...webhook.headers };
    if (twice === "other id") headers["x-shopify-webhook-id"] += "-again";
    if (twice !== "no") await deliver(world, { ...webhook, headers });
    if (drainAfter !== "no") await world.drain(drainAfter === "a day" ? DAY : 0, { inBatches });
  }
}
