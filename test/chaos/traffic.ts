import { setTimeout as pause } from "node:timers/promises";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { cancelOrder } from "#test/sandbox/shopify/orders/cancel-order.ts";
import { editOrder } from "#test/sandbox/shopify/orders/edit-order.ts";
import {
  placedWebhooks,
  type OrderWebhook as Webhook,
} from "#test/sandbox/shopify/orders/order-webhook.ts";
import { placeOrder, type OrderRequest } from "#test/sandbox/shopify/orders/place-order.ts";
import { refundOrder } from "#test/sandbox/shopify/orders/refund-order.ts";
import type { Shop, StoredOrder } from "#test/sandbox/shopify/state.ts";
import type { Happened } from "./happened.ts";
import type { SeededRandom } from "./seeded-random.ts";

export interface ShopTraffic {
  shop: Shop;
  partnerCodes: string[];
  /** Works at checkout and is no partner's. */
  otherCode: string;
  tax: Pick<OrderRequest, "taxRate" | "taxesIncluded">;
}

/** Of all orders, how many are changed later, and of all deliveries, how many never come. */
const CHANGED = 0.35;
const NEVER_DELIVERED = 0.05;
const LONGEST_WAIT_MS = 15_000;

const CHANGES = ["refunds", "edits", "cancellations"] as const;
const MISDEEDS = ["never delivered", "doubled", "delayed"] as const;

/** What has still to happen once before chance picks, and what has happened. */
interface Due {
  changes: (typeof CHANGES)[number][];
  misdeeds: (typeof MISDEEDS)[number][];
  happened: Happened;
}

const firstTurns = (random: SeededRandom, happened: Happened): Due => ({
  changes: random.shuffle(CHANGES),
  misdeeds: random.shuffle(MISDEEDS),
  happened,
});

/** Customers buy `orders` times within `ms`; some orders are refunded, edited or cancelled later. */
export async function drive(
  world: DemoWorld,
  shops: ShopTraffic[],
  random: SeededRandom,
  { orders, ms }: { orders: number; ms: number },
  happened: Happened,
): Promise<void> {
  const due = firstTurns(random, happened);
  const changes: Promise<void>[] = [];
  const startedAt = Date.now();
  for (let placed = 0; placed < orders; placed += 1) {
    const traffic = random.pick(shops);
    const order = buy(world, traffic, random);
    send(world, traffic.shop, placedWebhooks(order), random, due);
    // Enough orders that each kind of change has one of its own.
    if (placed < CHANGES.length || random.chance(CHANGED)) {
      changes.push(changeLater(world, traffic.shop, order, random, due));
    }
    const ahead = startedAt + (ms * (placed + 1)) / orders - Date.now();
    if (ahead > 0) await pause(ahead);
  }
  await Promise.all(changes);
}

function buy(world: DemoWorld, traffic: ShopTraffic, random: SeededRandom): StoredOrder {
  const { shop, partnerCodes, otherCode, tax } = traffic;
  const lines = Array.from({ length: random.between(1, 3) }, () => ({
    variantId: random.pick(random.pick(shop.products).variants).id,
    quantity: random.between(1, 4),
  }));
  const codes = random.chance(0.85)
    ? random.chance(0.1)
      ? [random.pick(partnerCodes), random.pick(partnerCodes)]
      : [random.pick(partnerCodes)]
    : random.chance(0.5)
      ? [otherCode]
      : [];
  return placeOrder(world.shopifyState, shop, {
    lines,
    ...tax,
    codes: [...new Set(codes)].map((code) => (random.chance(0.3) ? code.toLowerCase() : code)),
    customer: { email: `customer${random.between(1, 400)}@example.com` },
    whenCodeRefused: "pay-without",
  });
}

async function changeLater(
  world: DemoWorld,
  shop: Shop,
  order: StoredOrder,
  random: SeededRandom,
  due: Due,
): Promise<void> {
  for (let left = random.between(1, 3); left > 0; left -= 1) {
    await pause(random.between(0, LONGEST_WAIT_MS));
    send(world, shop, changeUnlessRefused(world, shop, order, random, due), random, due);
  }
}

/** Shopify refuses what can't be done with an order any more. */
function changeUnlessRefused(...args: Parameters<typeof change>): Webhook[] {
  try {
    return change(...args);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("Shopify refuses")) return [];
    throw error;
  }
}

/** One thing that can still be done with the order, or nothing. */
function change(
  { shopifyState }: DemoWorld,
  shop: Shop,
  order: StoredOrder,
  random: SeededRandom,
  due: Due,
): Webhook[] {
  if (order.payload["cancelled_at"] !== null) return [];
  const lines = order.payload["line_items"] as { id: string; current_quantity: number }[];
  const open = lines.filter(({ current_quantity }) => current_quantity > 0);
  if (open.length === 0) return [];
  const line = random.pick(open);
  const quantity = random.between(1, line.current_quantity);
  const changes = {
    refunds: () =>
      refundOrder(
        shopifyState,
        shop,
        order,
        random.chance(5 / 6)
          ? { lines: [{ lineItemId: line.id, quantity }] }
          : { lines: [], amountMinor: random.between(1, 300) },
      ),
    edits: () => {
      const variantId = random.pick(random.pick(shop.products).variants).id;
      const edit = random.chance(0.5)
        ? { add: [{ variantId, quantity }] }
        : { remove: [{ lineItemId: line.id, quantity }] };
      return editOrder(shopifyState, shop, order, edit);
    },
    cancellations: () => {
      const reason = random.pick(["customer", "fraud", "inventory"] as const);
      return cancelOrder(shopifyState, shop, order, { reason, refund: true });
    },
  };
  const kind = due.changes[0] ?? drawChange(random);
  const webhooks = changes[kind]();
  due.happened[kind] += 1;
  if (due.changes[0] === kind) due.changes.shift();
  return webhooks;
}

function drawChange(random: SeededRandom): (typeof CHANGES)[number] {
  const drawn = random.next();
  return drawn < 0.6 ? "refunds" : drawn < 0.85 ? "edits" : "cancellations";
}

/** Delivered once, several times, late, out of order, or never. */
function send(
  world: DemoWorld,
  shop: Shop,
  webhooks: Webhook[],
  random: SeededRandom,
  { misdeeds, happened }: Due,
): void {
  const canReorder = webhooks.length > 1;
  const isReordered = canReorder && (happened.reordered === 0 || random.chance(0.3));
  if (isReordered) happened.reordered += 1;
  for (const { topic, payload } of isReordered ? webhooks.toReversed() : webhooks) {
    const misdeed = misdeeds.shift() ?? drawMisdeed(random);
    if (misdeed === "never delivered") world.webhooks.dropNext(1);
    if (misdeed === "doubled") world.webhooks.duplicateNext(random.between(2, 4));
    if (misdeed === "delayed") world.webhooks.delayNext(random.between(1, 8_000));
    if (world.webhooks.send(shop, topic, payload) !== null && misdeed) happened[misdeed] += 1;
  }
}

function drawMisdeed(random: SeededRandom): (typeof MISDEEDS)[number] | null {
  if (random.chance(NEVER_DELIVERED)) return "never delivered";
  if (random.chance(0.1)) return "doubled";
  return random.chance(0.2) ? "delayed" : null;
}
