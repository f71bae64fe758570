import { z } from "zod";
import { actionsOf, whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { addDiscount } from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import { placeOrder, type OrderRequest } from "#test/sandbox/shopify/orders/place-order.ts";
import type { Shop, StoredOrder } from "#test/sandbox/shopify/state.ts";
import { pages, type DemoMerchant } from "./demo-merchant.ts";
import type { DemoWorld } from "./demo-world.ts";
import { setUpShop } from "./set-up-shop.ts";
import { startDemo } from "./start-demo.ts";

interface Purchase {
  what: string;
  shop: Shop;
  merchant: DemoMerchant;
  request: Partial<OrderRequest>;
  /** Whom impact.com must pay; null for nobody. */
  partnerId: string | null;
  /** How often Shopify sends the webhook again. */
  repeats?: number;
}

const settled = z.object({ state: z.enum(["reported", "ignored", "failed"]), why: z.string() });

/** The main job once, without a browser, in a database that is thrown away. */
export async function runOnce(): Promise<boolean> {
  const { world, close } = await startDemo();
  tell("app started: web and worker in one process, PostgreSQL beside it");
  try {
    return await playMainJob(world);
  } finally {
    await close();
  }
}

async function playMainJob(world: DemoWorld): Promise<boolean> {
  const dollars = await setUpShop(
    world,
    world.shop,
    {
      title: "Creators 15 %",
      percentage: "15",
      codes: [
        ["10001", "ANNA15"],
        ["10002", "BERGWELTEN15"],
        ["10005", "ZOE15"],
      ],
    },
    tell,
  );
  const yen = await setUpShop(
    world,
    world.yenShop,
    {
      title: "Creators 10 %",
      percentage: "10",
      codes: [["10003", "CHIDI10"]],
    },
    tell,
  );

  const underWay: ReturnType<typeof settle>[] = [];
  for (const purchase of purchasesFor(world, dollars.merchant, yen.merchant)) {
    const order = await payAndDeliver(world, purchase);
    underWay.push(settle(world, purchase, order));
  }
  const results = await Promise.all(underWay);
  const violations = world.impact.requests.flatMap((request) => request.violations);
  for (const violation of violations)
    tell(`broke a rule of impact.com: ${JSON.stringify(violation)}`);
  const credited = results.filter(({ paid }) => paid).length;
  const ok = results.every((result) => result.ok) && violations.length === 0;
  const orders = results.length;
  const codes = dollars.codes + yen.codes;
  console.log(JSON.stringify({ codes, orders, credited, unattributed: orders - credited, ok }));
  return ok;
}

function purchasesFor(world: DemoWorld, merchant: DemoMerchant, yen: DemoMerchant): Purchase[] {
  const { shop, yenShop, shopifyState } = world;
  // A code the merchant made in Shopify's own admin: it works, and is no partner's.
  addDiscount(shopifyState, shop, ["WELCOME5"]);
  const at = { shop, merchant };
  return [
    { ...at, what: "a plain coded order", request: { codes: ["ANNA15"] }, partnerId: "10001" },
    { ...at, what: "a lower-case code", request: { codes: ["zoe15"] }, partnerId: "10005" },
    { ...at, what: "an order with no code", request: {}, partnerId: null },
    {
      ...at,
      what: "two partners' codes on one order",
      request: { codes: ["BERGWELTEN15", "ANNA15"] },
      partnerId: "10002",
    },
    {
      ...at,
      what: "a code that is no partner's",
      request: { codes: ["WELCOME5"] },
      partnerId: null,
    },
    {
      shop: yenShop,
      merchant: yen,
      what: "an order in yen, which has no decimals",
      request: { codes: ["CHIDI10"] },
      partnerId: "10003",
    },
    {
      ...at,
      what: "a delivery that Shopify repeats",
      request: { codes: ["ANNA15"] },
      partnerId: "10001",
      repeats: 3,
    },
  ];
}

async function payAndDeliver(world: DemoWorld, purchase: Purchase): Promise<StoredOrder> {
  const order = pay(world, purchase);
  if (purchase.repeats) world.webhooks.duplicateNext(purchase.repeats);
  world.webhooks.send(purchase.shop, "orders/create", order.payload);
  await world.webhooks.idle();
  tell(`${order.name} paid: ${purchase.what}; webhook delivered`);
  return order;
}

/** Waits until the app has settled the order, and compares with what impact.com paid. */
async function settle(
  world: DemoWorld,
  purchase: Purchase,
  order: StoredOrder,
): Promise<{ paid: boolean; ok: boolean }> {
  const { state, why } = await purchase.merchant.waitFor(pages.order(order.id), settled);
  tell(`${order.name} ${state}: ${why}`);

  const outcome = whoWasPaid(world.impactState, order.id);
  const paidTo = "partnerId" in outcome ? outcome.partnerId : null;
  const actions = actionsOf(world.impactState, order.id).length;
  const isRight = paidTo === purchase.partnerId && actions === (paidTo === null ? 0 : 1);
  const isToldRight = state === (paidTo === null ? "ignored" : "reported");
  if ("partnerId" in outcome) {
    tell(
      `impact.com pays ${outcome.payoutMinor} of ${outcome.amountMinor} ${outcome.currency} (minor units) to partner ${paidTo}`,
    );
  }
  if (!isRight || !isToldRight)
    tell(`WRONG: ${JSON.stringify({ expected: purchase.partnerId, paidTo, actions })}`);
  return { paid: paidTo !== null, ok: isRight && isToldRight };
}

function pay(world: DemoWorld, { shop, request }: Purchase): StoredOrder {
  const lines = shop.products.slice(0, 2).map(({ variants: [variant] }) => {
    if (!variant) throw new Error("A product without a variant.");
    return { variantId: variant.id, quantity: 1 };
  });
  const customer = { email: "kim@example.com" };
  return placeOrder(world.shopifyState, shop, { lines, customer, ...request });
}

const startedAt = Date.now();

function tell(hop: string): void {
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1).padStart(5);
  console.log(`${seconds} s  ${hop}`);
}
