import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { z } from "zod";
import { pages } from "#test/sandbox/demo/demo-merchant.ts";
import { CREDENTIALS } from "#test/sandbox/demo/demo-world.ts";
import { setUpShop } from "#test/sandbox/demo/set-up-shop.ts";
import { placeOrder } from "#test/sandbox/shopify/orders/place-order.ts";
import { setDatabaseUp } from "#test/support/database-outage.ts";
import { createProcesses } from "#test/support/running-processes.ts";

const EMAIL = "kim.customer@example.com";
/** What a gift shop's theme writes into the cart. */
const CART = { recipient: "Rei Recipient", "recipient phone": "+81 90 1234 5678" };
const reported = z.object({ state: z.literal("reported") });

test("no log line of a whole journey holds the customer, a hash or a token; failures hold their ids", async () => {
  const { world, databaseUrl, start, route } = await createProcesses();
  const written: string[] = [];
  const app = await start({
    env: { LOG_LEVEL: "trace" },
    onOutput: (text) => void written.push(text),
  });
  route([app]);
  const { shop, shopifyState, webhooks } = world;
  const { merchant } = await setUpShop(
    world,
    shop,
    { title: "Creators", percentage: "10", codes: [["10001", "ANNA10"]] },
    () => undefined,
  );
  const variantId = shop.products[0]?.variants[0]?.id ?? "";
  const order = placeOrder(shopifyState, shop, {
    lines: [{ variantId, quantity: 1 }],
    codes: ["ANNA10"],
    customer: { email: EMAIL },
    cartAttributes: CART,
  });
  await setDatabaseUp(databaseUrl, false);
  webhooks.send(shop, "orders/create", order.payload);
  await expect.poll(() => webhooks.attempts.at(-1)?.status, { timeout: 20_000 }).toBe(500);
  await setDatabaseUp(databaseUrl, true);
  await webhooks.idle();
  await merchant.waitFor(pages.order(order.id), reported);
  // Shopify refuses a field of the order and tells the rest of it beside the error.
  world.shopify.settings.deniedFields = ["Order.cancelReason"];
  webhooks.send(shop, "orders/updated", { id: order.payload["id"] });
  await expect.poll(() => written.join(""), { timeout: 20_000 }).toContain("order.cancelReason");
  await app.stop();

  const log = written.join("");
  const sha1 = createHash("sha1").update(EMAIL).digest("hex");
  const basic = Buffer.from(`${CREDENTIALS.accountSid}:${CREDENTIALS.authToken}`);
  const secrets = [
    EMAIL,
    ...Object.values(CART),
    sha1,
    CREDENTIALS.authToken,
    basic.toString("base64"),
  ];
  const tokens = shop.installation ? Object.values(shop.installation) : [];
  const isToken = (value: unknown) => typeof value === "string" && value.startsWith("shp");
  for (const secret of [...secrets, shopifyState.apiSecret, ...tokens.filter(isToken)]) {
    expect(log).not.toContain(secret);
  }
  // Something was written, outage and batches both, and each line is one object.
  const lines = log
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const done = lines.filter(({ msg }) => msg === "jobs done");
  expect(done.map(({ job }) => job)).toContain("process-delivery");
  expect(JSON.stringify(done)).toContain(shop.domain);
  expect(log).toMatch(/"deliveryIds":\["[0-9a-f-]{36}"\]/);
});
