import { addDiscount } from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import { placeOrder } from "#test/sandbox/shopify/orders/place-order.ts";
import type { DemoWorld } from "./demo-world.ts";
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
];

/** Sets the first store up as its merchant would, and lets a few customers buy. */
export async function seedStore(world: DemoWorld): Promise<void> {
  const { shop, shopifyState, webhooks } = world;
  const discount = { title: "Creators 15 %", percentage: "15", codes: CODES };
  await setUpShop(world, shop, discount, () => undefined);
  // Made in Shopify's own admin: it works, and is no partner's.
  addDiscount(shopifyState, shop, ["WELCOME5"]);
  for (const [index, { items, codes }] of BASKETS.entries()) {
    const lines = items.map(([product, quantity]) => {
      const variantId = shop.products[product]?.variants[0]?.id ?? "";
      return { variantId, quantity };
    });
    const customer = { email: `customer${index % 5}@example.com` };
    const order = placeOrder(shopifyState, shop, { lines, codes, customer });
    webhooks.send(shop, "orders/create", order.payload);
    await webhooks.idle();
  }
}
