import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { cancelOrder } from "#test/sandbox/shopify/orders/cancel-order.ts";
import { editOrder } from "#test/sandbox/shopify/orders/edit-order.ts";
import { booksOf, linesOf, type LinePayload } from "#test/sandbox/shopify/orders/order-books.ts";
import type { OrderWebhook } from "#test/sandbox/shopify/orders/order-webhook.ts";
import {
  refundableMinor,
  refundableShippingMinor,
  refundOrder,
} from "#test/sandbox/shopify/orders/refund-order.ts";
import type { Shop, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { due } from "./due.ts";
import type { Happened } from "./happened.ts";
import type { SeededRandom } from "./seeded-random.ts";

const CHANGES = [
  ...(["refunds of goods", "refunds of shipping only", "refunds by amount"] as const),
  ...(["edits", "cancellations"] as const),
];
type Change = (typeof CHANGES)[number];

export type ChangeOrder = (shop: Shop, order: StoredOrder) => OrderWebhook[];

/** One thing that can still be done with an order, or nothing. */
export function createChange(
  { shopifyState }: Pick<DemoWorld, "shopifyState">,
  random: SeededRandom,
  happened: Happened,
): ChangeOrder {
  const changes = due(CHANGES, random, happened);
  return (shop, order) => {
    if (order.payload["cancelled_at"] !== null) return [];
    const line = drawLine(order, random);
    if (!line) return [];
    const possible = ways({ state: shopifyState, random, shop, order, line });
    const kind = changes.next(
      () => drawChange(random),
      (one) => one in possible,
    );
    const webhooks = kind === null ? null : unlessRefused(possible[kind]);
    if (kind === null || !webhooks) return [];
    changes.done(kind);
    return webhooks;
  };
}

function drawLine(order: StoredOrder, random: SeededRandom): LinePayload | null {
  const open = linesOf(order).filter(({ current_quantity }) => current_quantity > 0);
  return open.length === 0 ? null : random.pick(open);
}

interface Given {
  state: DemoWorld["shopifyState"];
  random: SeededRandom;
  shop: Shop;
  order: StoredOrder;
  line: LinePayload;
}

/** By what can be done with it now, as far as that is seen beforehand. */
function ways({ state, random, shop, order, line }: Given) {
  const quantity = random.between(1, line.current_quantity);
  const shippingMinor = Math.min(refundableShippingMinor(order), refundableMinor(order));
  const moneyMinor = refundableMinor(order) - refundableShippingMinor(order);
  const refund = (request: Parameters<typeof refundOrder>[3]) => () =>
    refundOrder(state, shop, order, request);
  const possible: Partial<Record<Change, () => OrderWebhook[]>> = {
    edits() {
      const variantId = random.pick(random.pick(shop.products).variants).id;
      const edit = random.chance(0.5)
        ? { add: [{ variantId, quantity }] }
        : { remove: [{ lineItemId: line.id, quantity }] };
      return editOrder(state, shop, order, edit);
    },
    cancellations() {
      const reason = random.pick(["customer", "fraud", "inventory"] as const);
      return cancelOrder(state, shop, order, { reason, refund: true });
    },
  };
  if (booksOf(order).receivedMinor === 0) return possible;
  possible["refunds of goods"] = refund({ lines: [{ lineItemId: line.id, quantity }] });
  if (shippingMinor > 0) {
    const part = random.chance(0.5) ? shippingMinor : random.between(1, shippingMinor);
    possible["refunds of shipping only"] = refund({ shippingMinor: part });
  }
  if (moneyMinor > 1) {
    const amountMinor = random.between(1, Math.ceil(moneyMinor / 10));
    possible["refunds by amount"] = refund({ amountMinor });
  }
  return possible;
}

/** Shopify refuses what can't be done with an order any more. */
function unlessRefused(work: (() => OrderWebhook[]) | undefined): OrderWebhook[] | null {
  try {
    return work?.() ?? null;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("Shopify refuses")) return null;
    throw error;
  }
}

function drawChange(random: SeededRandom): Change {
  const drawn = random.next();
  if (drawn < 0.4) return "refunds of goods";
  if (drawn < 0.5) return "refunds of shipping only";
  if (drawn < 0.62) return "refunds by amount";
  return drawn < 0.86 ? "edits" : "cancellations";
}
