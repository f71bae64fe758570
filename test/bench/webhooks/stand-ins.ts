import { appendFileSync } from "node:fs";
import { settleSubmissions } from "#test/sandbox/impact/submissions/settle-submissions.ts";
import { appEnv } from "#test/sandbox/demo/app-env.ts";
import { startDemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { setUpShop } from "#test/sandbox/demo/set-up-shop.ts";
import { planLimits } from "#test/sandbox/shopify/admin/plan-limits.ts";
import { orderJson } from "#test/sandbox/shopify/orders/order-json.ts";
import { placeOrder } from "#test/sandbox/shopify/orders/place-order.ts";

/** Shopify and impact.com in a process of their own; neither limits anybody. */
export type StandInsOrder =
  | { kind: "set-up" }
  /** Orders that were paid for evenly over the past seconds, for the generator to send. */
  | { kind: "place"; orders: number; overSeconds: number; file: string }
  /** Conversions that impact.com has credited: cheap, for the pipeline's clock. */
  | { kind: "credited" }
  | { kind: "count" };

const PARTNERS = ["10001", "10002", "10003", "10004", "10005"];
/** Most orders have a partner's code. */
const WITH_CODE = 0.9;

const appUrl = process.env["BENCH_APP_URL"] ?? "";
const world = await startDemoWorld({ appUrl: () => appUrl });
Object.assign(world.impactState.rules, { requestsPerHour: 1_000_000_000, submissionDelayMs: 0 });
Object.assign(planLimits.enterprise, { maximumAvailable: 1e9, restoreRate: 1e9 });
const shops = [world.shop, world.yenShop];
for (const shop of shops) shop.plan = "enterprise";
let setUpAt = 0;
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
    setUpAt = Date.now();
    return { shops: shops.map(({ domain }) => domain) };
  }
  if (order.kind === "place") return { coded: place(order) };
  if (order.kind === "credited") return { credited: credited() };
  const conversions = world.impact.requests.filter(({ path }) => path.endsWith("/Conversions"));
  const violations = world.impact.requests.flatMap((request) => request.violations);
  return { conversions: conversions.length, violations: violations.length };
}

function credited(): number {
  settleSubmissions(world.impactState);
  return world.impactState.accounts.reduce((sum, { actions }) => sum + actions.length, 0);
}

/** How many of them bear a partner's code. */
function place({ orders, overSeconds, file }: StandInsOrder & { kind: "place" }): number {
  let lines = "";
  let coded = 0;
  // An order is never older than its code.
  const now = Date.now();
  const from = Math.max(setUpAt, now - overSeconds * 1_000);
  for (let number = 0; number < orders; number += 1) {
    const index = number % shops.length;
    const shop = shops[index] ?? world.shop;
    const codes = codesOf(index).map(([, code]) => code);
    const isPartners = number % 10 < WITH_CODE * 10;
    if (isPartners) coded += 1;
    const bought = shop.products.slice(0, 1 + (number % 3)).map(({ variants: [variant] }) => ({
      variantId: variant?.id ?? "",
      quantity: 1 + (number % 2),
    }));
    const placed = placeOrder(world.shopifyState, shop, {
      lines: bought,
      codes: isPartners ? [codes[number % codes.length] ?? ""] : [],
      customer: { email: `customer${number}@example.com` },
      at: new Date(from + Math.floor(((now - from) * number) / orders)),
    });
    const line = { shop: shop.domain, orderId: placed.id, body: orderJson(placed.payload) };
    lines += `${JSON.stringify(line)}\n`;
    if (number % 500 === 499) {
      appendFileSync(file, lines);
      lines = "";
    }
  }
  appendFileSync(file, lines);
  return coded;
}
