import { readOrder } from "#app/core/orders/read-order.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import {
  archiveOrder,
  deleteOrder,
  payOrder,
  removeCustomer,
  voidOrder,
} from "#test/sandbox/shopify/orders/change-order.ts";
import { exchangeLines } from "#test/sandbox/shopify/orders/exchange-lines.ts";
import type { OrderWebhook } from "#test/sandbox/shopify/orders/order-webhook.ts";
import { placedWebhooks } from "#test/sandbox/shopify/orders/order-webhook.ts";
import type { OrderRequest } from "#test/sandbox/shopify/orders/place-order.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import { draftFor, makeDiscount, setUpProgram } from "#test/support/merchant.ts";
import { deliverAll, staffOf } from "#test/support/shopify-staff.ts";
import { buy, orderIdOf } from "#test/support/shopper.ts";
import { createWorld, type World, type WorldOptions } from "#test/support/world.ts";

/** Far from impact.com's reporting limit, so that what waits for it still waits. */
const DAY = 86_400_000;

/**
 * A shop whose partners Anna and Ben have the codes ANNA10 and BEN10, 10 % each, with all that can
 * befall its orders. A mug costs 20.00, a kettle 49.00; an order is one of each: 62.10 with a code.
 */
export interface MatrixShop {
  world: World;
  /** Buys without telling anybody. */
  order(request?: Partial<OrderRequest>): StoredOrder;
  /** Buys, delivers every webhook of it and runs what follows within a day. */
  sell(request?: Partial<OrderRequest>): Promise<StoredOrder>;
  /** Delivers what a change brings and runs what follows within a day. */
  happens(webhooks: OrderWebhook[]): Promise<void>;
  /** Delivers without running anything. */
  arrives(webhooks: OrderWebhook[]): Promise<void>;
  staff: ReturnType<typeof staffFor>;
  /** Whom impact.com pays, and for what, to the minor unit. */
  paid(order: StoredOrder): ReturnType<typeof whoWasPaid>;
  /** Where the order stands in the ledger. */
  ledger(order: StoredOrder): Promise<{ state: string; reason: string } | null>;
}

export async function matrixShop(options: WorldOptions = {}): Promise<MatrixShop> {
  const world = await createWorld(options);
  await setUpProgram(world);
  await makeDiscount(
    world,
    draftFor([
      ["10001", "ANNA10"],
      ["10002", "BEN10"],
    ]),
  );
  await world.drain();
  const happens: MatrixShop["happens"] = async (webhooks) => {
    await deliverAll(world, webhooks);
    await world.drain(DAY);
  };
  const order: MatrixShop["order"] = (request = {}) =>
    buy(world, { codes: ["ANNA10"], ...request });
  return {
    world,
    order,
    happens,
    arrives: (webhooks) => deliverAll(world, webhooks),
    async sell(request) {
      const placed = order(request);
      await happens(placedWebhooks(placed));
      return placed;
    },
    staff: staffFor(world),
    paid: ({ id }) => whoWasPaid(world.impactState, id),
    async ledger(placed) {
      const found = { shop: world.domain, orderId: orderIdOf(placed) };
      const history = await readOrder(world.ports, found);
      if (!history) return null;
      const { state, reason } = history.order;
      return { state, reason };
    },
  };
}

function staffFor(world: World) {
  const { shopifyState: state, shop } = world;
  return {
    ...staffOf(world),
    exchange: (order: StoredOrder, exchange: Parameters<typeof exchangeLines>[3]) =>
      exchangeLines(state, shop, order, exchange),
    markPaid: (order: StoredOrder) => payOrder(state, shop, order),
    /** The authorization is given up, or runs out. */
    voidPayment: (order: StoredOrder, as: "voided" | "expired" = "voided") =>
      voidOrder(state, shop, order, { as }),
    archive: (order: StoredOrder) => archiveOrder(state, shop, order),
    eraseCustomer: (order: StoredOrder) => removeCustomer(state, shop, order),
    delete: (order: StoredOrder) => deleteOrder(shop, order),
  };
}

export const REPORTED = { state: "reported", reason: "credited" };
export const ADJUSTED = { state: "reported", reason: "adjusted" };
export const REVERSED = { state: "reported", reason: "reversed" };
export const ANNA = { partnerId: "10001", code: "ANNA10" };
export const UNREPORTED = { unpaid: "NEVER REPORTED" };

export function ignored(reason: string) {
  return { state: "ignored", reason };
}
