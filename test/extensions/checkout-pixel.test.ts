import { createServer, type IncomingMessage } from "node:http";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { tellClick } from "../../extensions/checkout-pixel/src/tell-click.ts";
import { listenOnLoopback } from "#test/sandbox/frame/server/listen-on-loopback.ts";
import { readBody } from "#test/sandbox/read-body.ts";
import { closeBrowser, visit } from "./click-journey.ts";

afterAll(closeBrowser);

interface Told {
  request: IncomingMessage;
  body: unknown;
}

/** Where the app would listen. */
async function startEndpoint(): Promise<{ url: string; told: Told[] }> {
  const told: Told[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      told.push({ request, body: JSON.parse(String(body)) as unknown });
      response.writeHead(204, { "access-control-allow-origin": "*" }).end();
    });
  });
  const listening = await listenOnLoopback(server, 0);
  onTestFinished(() => listening.close());
  return { url: `${listening.url}/clicks`, told };
}

function withPixel(endpoint: string) {
  return {
    prepare: (shop: { webPixel: unknown }) => {
      shop.webPixel = { id: "gid://shopify/WebPixel/1", settings: { endpoint } };
    },
  };
}

test("a buy-now button skips the cart, and the pixel tells the click by one plain request", async () => {
  const endpoint = await startEndpoint();
  await using v = await visit(withPixel(endpoint.url));
  await v.land("/?irclickid=Click-1");
  await v.page.getByRole("button", { name: "Buy it now" }).last().click();
  await v.pay();
  await expect.poll(() => endpoint.told.length).toBe(1);
  const [order] = v.paid;
  expect(order?.payload["note_attributes"]).toEqual([]);
  expect(endpoint.told[0]?.request.method).toBe("POST");
  expect(endpoint.told[0]?.body).toEqual({
    shop: "tea-house.myshopify.com",
    checkoutToken: order?.payload["checkout_token"],
    orderId: order?.id,
    clickId: "Click-1",
    seen: expect.any(Number) as number,
  });
});

test("a visitor who declines is told of to nobody, and the pixel never runs", async () => {
  const endpoint = await startEndpoint();
  await using v = await visit({ ...withPixel(endpoint.url), needsConsent: true });
  await v.land("/?irclickid=Click-2");
  await v.page.getByRole("button", { name: "Decline" }).click();
  await v.page.getByRole("button", { name: "Buy it now" }).last().click();
  await v.pay();
  await v.page.waitForLoadState("networkidle");
  expect(v.page.workers()).toEqual([]);
  expect(endpoint.told).toEqual([]);
});

const CHECKOUT = { token: "a-token-of-32", order: { id: "5001" }, attributes: [] };
const SHOP = "tea-house.myshopify.com";

test("what the cart has carried already is not told again", () => {
  const attributes = [{ key: "irclickid", value: "Click-3" }];
  const cookie = "1764000000.Click-3";
  expect(tellClick({ cookie, shop: SHOP, checkout: { ...CHECKOUT, attributes } })).toBeNull();
  expect(tellClick({ cookie: "1764000000.Click-4", shop: SHOP, checkout: CHECKOUT })).toEqual({
    shop: SHOP,
    checkoutToken: "a-token-of-32",
    orderId: "5001",
    clickId: "Click-4",
    seen: 1_764_000_000,
  });
});

test.each(["", "Click-5", "1764000000.", `1764000000.${"x".repeat(65)}`, ".Click-5"])(
  "a cookie that says %j tells nothing",
  (cookie) => {
    expect(tellClick({ cookie, shop: SHOP, checkout: CHECKOUT })).toBeNull();
  },
);

test("an order that Shopify has not made yet is told by its checkout", () => {
  const cookie = "1764000000.Click-6";
  const told = (order: { id: string } | null) =>
    tellClick({ cookie, shop: SHOP, checkout: { ...CHECKOUT, order } })?.orderId;
  expect(told(null)).toBeNull();
  expect(told({ id: "gid://shopify/OrderIdentity/77" })).toBe("77");
});
