import { appendFileSync } from "node:fs";
import { appEnv } from "#test/sandbox/demo/app-env.ts";
import { startDemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { setUpShop } from "#test/sandbox/demo/set-up-shop.ts";
import { planLimits } from "#test/sandbox/shopify/admin/plan-limits.ts";
import { orderJson } from "#test/sandbox/shopify/orders/order-json.ts";
import { placeOrder } from "#test/sandbox/shopify/orders/place-order.ts";

/** Shopify and impact.com in a process of their own; neither limits anybody. */
export type StandInsOrder =
  { kind: "set-up" } | { kind: "place"; orders: number; file: string } | { kind: "count" };

const PARTNERS = ["10001", "10002", "10003", "10004", "10005"];
/** Most orders have a partner's code. */
const WITH_CODE = 0.9;

const appUrl = process.env["BENCH_APP_URL"] ?? "";
const world = await startDemoWorld({ appUrl: () => appUrl });
Object.assign(world.impactState.rules, { requestsPerHour: 1_000_000_000, submissionDelayMs: 0 });
Object.assign(planLimits.enterprise, { maximumAvailable: 1e9, restoreRate: 1e9 });
const shops = [world.shop, world.yenShop];
for (const shop of shops) shop.plan = "enterprise";
const codesOf = (index: number) =>
  PARTNERS.map((id): [string, string] => [id, `BENCH${index}P${id}`]);

process.on("message", (order: StandInsOrder) => {
  void answer(order).then((said) => process.send?.(said));
});
const { env, shopifyUrl, impactUrl } = appEnv(world, "unused");
process.send?.({ env, shopifyUrl, impactUrl });

async function answer(order: StandInsOrder): Promise<object> {
  if (order.kind === "set-up") {
    for (const [index, shop] of shops.entries()) {
      const discount = { title: "Creators", percentage: "15", codes: codesOf(index) };
      await setUpShop(world, shop, discount, () => undefined);
    }
    return { shops: shops.map(({ domain }) => domain) };
  }
  if (order.kind === "place") {
    place(order.orders, order.file);
    return { placed: order.orders };
  }
  const conversions = world.impact.requests.filter(({ path }) => path.endsWith("/Conversions"));
  const violations = world.impact.requests.flatMap((request) => request.violations);
  return { conversions: conversions.length, violations: violations.length };
}

function place(orders: number, file: string): void {
  let lines = "";
  for (let number = 0; number < orders; number += 1) {
    const index = number % shops.length;
    const shop = shops[index] ?? world.shop;
    const codes = codesOf(index).map(([, code]) => code);
    const isPartners = number % 10 < WITH_CODE * 10;
    const bought = shop.products.slice(0, 1 + (number % 3)).map(({ variants: [variant] }) => ({
      variantId: variant?.id ?? "",
      quantity: 1 + (number % 2),
    }));
    const placed = placeOrder(world.shopifyState, shop, {
      lines: bought,
      codes: isPartners ? [codes[number % codes.length] ?? ""] : [],
      customer: { email: `customer${number}@example.com` },
    });
    const line = { shop: shop.domain, orderId: placed.id, body: orderJson(placed.payload) };
    lines += `${JSON.stringify(line)}\n`;
    if (number % 500 === 499) {
      appendFileSync(file, lines);
      lines = "";
    }
  }
  appendFileSync(file, lines);
}
