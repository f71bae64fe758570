import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import type { OrderWebhook } from "#test/sandbox/shopify/orders/order-webhook.ts";
import type { Shop } from "#test/sandbox/shopify/state.ts";
import { due } from "./due.ts";
import type { Happened } from "./happened.ts";
import type { SeededRandom } from "./seeded-random.ts";

const MISDEEDS = ["never delivered", "doubled", "delayed"] as const;
/** Of all deliveries, how many never come. */
const NEVER_DELIVERED = 0.05;

export type Deliver = (shop: Shop, webhooks: OrderWebhook[]) => void;

/** Delivers once, several times, late, out of order, or never. */
export function createDeliver(
  { webhooks: desk }: Pick<DemoWorld, "webhooks">,
  random: SeededRandom,
  happened: Happened,
): Deliver {
  const misdeeds = due(MISDEEDS, random, happened);
  return (shop, webhooks) => {
    const canReorder = webhooks.length > 1;
    const isReordered = canReorder && (happened.reordered === 0 || random.chance(0.3));
    if (isReordered) happened.reordered += 1;
    for (const { topic, payload } of isReordered ? webhooks.toReversed() : webhooks) {
      const misdeed = misdeeds.next(() => drawMisdeed(random));
      if (misdeed === "never delivered") desk.dropNext(1);
      if (misdeed === "doubled") desk.duplicateNext(random.between(2, 4));
      if (misdeed === "delayed") desk.delayNext(random.between(1, 8_000));
      if (desk.send(shop, topic, payload) !== null && misdeed) misdeeds.done(misdeed);
    }
  };
}

function drawMisdeed(random: SeededRandom): (typeof MISDEEDS)[number] | null {
  if (random.chance(NEVER_DELIVERED)) return "never delivered";
  if (random.chance(0.1)) return "doubled";
  return random.chance(0.2) ? "delayed" : null;
}
