import { addDiscount } from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import { placedWebhooks } from "#test/sandbox/shopify/orders/order-webhook.ts";
import { placeOrder } from "#test/sandbox/shopify/orders/place-order.ts";
import { refundOrder } from "#test/sandbox/shopify/orders/refund-order.ts";
import { announce } from "#test/sandbox/shopify/webhooks/announce.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import type { DemoWorld } from "./demo-world.ts";
import { z } from "zod";
import { pages } from "./demo-merchant.ts";
import { setUpShop } from "./set-up-shop.ts";

const CODES: [partnerId: string, code: string][] = [
  ["10001", "ANNA15"],
  ["10002", "BERGWELTEN15"],
  ["10003", "CHIDI15"],
  ["10004", "SLOWMILES15"],
  ["10005", "ZOE15"],
];

interface Basket {
  items: [product: number, quantity: number][];
  codes: string[];
}

const BASKETS: Basket[] = [
  {
    items: [
      [0, 1],
      [2, 2],
    ],
    codes: ["ANNA15"],
  },
  { items: [[1, 2]], codes: ["zoe15"] },
  { items: [[3, 1]], codes: [] },
  {
    items: [
      [0, 1],
      [3, 1],
    ],
    codes: ["BERGWELTEN15", "ANNA15"],
  },
  { items: [[2, 4]], codes: ["WELCOME5"] },
  {
    items: [
      [1, 1],
      [2, 1],
    ],
    codes: ["SLOWMILES15"],
  },
  { items: [[0, 2]], codes: ["ANNA15"] },
  { items: [[3, 2]], codes: ["CHIDI15"] },
];
/** The basket of which a part comes back, once its partner is credited. */
const RETURNED = 6;
const reported = z.object({ state: z.literal("reported") });

/**
 * Sets the first store up as its merchant would, and lets a few customers buy. One sends a part of
 * it back, and one uses the code of a partner whose contract has just ended.
 */
export async function seedStore(world: DemoWorld): Promise<void> {
  const { shop, shopifyState, webhooks } = world;
  const discount = { title: "Creators 15 %", percentage: "15", codes: CODES };
  const { merchant } = await setUpShop(world, shop, discount, () => undefined);
  // Made in Shopify's own admin: it works, and is no partner's.
  addDiscount(shopifyState, shop, ["WELCOME5"]);
  endContract(world, "10003");
  for (const [index, { items, codes }] of BASKETS.entries()) {
    const lines = items.map(([product, quantity]) => {
      const variantId = shop.products[product]?.variants[0]?.id ?? "";
      return { variantId, quantity };
    });
    const customer = { email: `customer${index % 5}@example.com` };
    const order = placeOrder(shopifyState, shop, { lines, codes, customer });
    announce(webhooks, shop, placedWebhooks(order));
    await webhooks.idle();
  }
  const returned = shop.orders[RETURNED];
  if (!returned) throw new Error("The basket that comes back was never bought.");
  await merchant.waitFor(pages.order(returned.id), reported);
  await sendBackOne(world, returned);
}

function endContract({ impactState }: DemoWorld, partnerId: string): void {
  // An order's time has whole seconds: one of the same second would still be within the contract.
  const aMinuteAgo = new Date(Date.now() - 60_000);
  for (const { contracts } of impactState.accounts) {
    for (const contract of contracts) {
      if (contract.partnerId === partnerId) contract.endsAt = aMinuteAgo;
    }
  }
}

async function sendBackOne(
  { shop, shopifyState, webhooks }: DemoWorld,
  order: StoredOrder,
): Promise<void> {
  const [line] = order.payload["line_items"] as { id: string }[];
  const lines = [{ lineItemId: line?.id ?? "", quantity: 1 }];
  announce(webhooks, shop, refundOrder(shopifyState, shop, order, { lines }));
  await webhooks.idle();
}
