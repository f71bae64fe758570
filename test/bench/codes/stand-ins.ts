import { appEnv } from "#test/sandbox/demo/app-env.ts";
import { startDemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { setUpShop } from "#test/sandbox/demo/set-up-shop.ts";
import { JOB_MS, LATENCY_MS } from "./timing.ts";

/** Shopify with a shop on the Standard plan, and impact.com, in a process of their own. */
export type StandInsOrder =
  | { kind: "set-up" }
  /** Points that calls of that name took on average, and how many there were. */
  | { kind: "cost"; operation: string }
  | { kind: "codes" };

/** What the demo's stand-in takes anyway; see demo-world.ts. */
const DEMO_LATENCY_MS = 20;

const appUrl = process.env["BENCH_APP_URL"] ?? "";
const world = await startDemoWorld({ appUrl: () => appUrl });
process.on("message", (order: StandInsOrder) => {
  void answer(order).then((said) => process.send?.(said));
});
const { env, shopifyUrl, impactUrl } = appEnv(world, "unused");
process.send?.({ env, shopifyUrl, impactUrl, shop: world.shop.domain });

async function answer(order: StandInsOrder): Promise<object> {
  const { shop, shopify } = world;
  if (order.kind === "set-up") {
    const discount = { title: "Creators", percentage: "15", codes: [["10001", "BENCH"]] };
    await setUpShop(world, shop, discount as Parameters<typeof setUpShop>[2], () => undefined);
    shopify.faults.slow(LATENCY_MS - DEMO_LATENCY_MS);
    shopify.settings.jobs.durationMs = JOB_MS;
    // The worker alone is measured: there is no web process that Shopify could tell of each code.
    shopify.settings.announce = () => undefined;
    return { token: [...(shop.installation?.accessTokens.keys() ?? [])].at(-1) };
  }
  if (order.kind === "cost") {
    const costs = shopify.calls
      .filter(({ operationName }) => operationName === order.operation)
      .flatMap(({ cost }) => cost?.actualQueryCost ?? []);
    const points = costs.reduce((sum, cost) => sum + cost, 0) / Math.max(1, costs.length);
    return { calls: costs.length, points };
  }
  return { codes: shop.codes.size };
}
