import { createServer } from "node:http";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser } from "playwright-core";
import { launchChromium } from "#test/sandbox/chromium.ts";
import { addShop } from "#test/sandbox/shopify/create-state.ts";
import { shopForTests } from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import { listenOnLoopback } from "./server/listen-on-loopback.ts";
import { startFrame } from "./start-frame.ts";
import { tinyEmbeddedApp } from "./tiny-embedded-app.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const APP_PATH = "/store/tea-house/apps/partner-codes";

async function openAdmin(path = "/", viewport = { width: 1280, height: 800 }) {
  const { state, shop } = shopForTests();
  const app = await tinyEmbeddedApp(state.apiSecret);
  const frame = await startFrame({ state, target: () => app.url });
  const page = await browser.newPage({ viewport });
  await page.goto(frame.url + path);
  return {
    ...{ state, shop, app, frame, page },
    inApp: page.frameLocator("iframe"),
    async [Symbol.asyncDispose]() {
      await page.close();
      await frame.close();
      await app[Symbol.asyncDispose]();
    },
  };
}

function titleBarButton(page: Page, name: string) {
  return page.locator("#title-bar-actions").getByRole("button", { name });
}

test("the admin opens the app in its iframe, with a title bar and the app's own navigation", async () => {
  await using admin = await openAdmin();
  const { page, inApp } = admin;
  await inApp.getByRole("heading", { name: "Page /app" }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`${APP_PATH}/app`);
  await page.getByRole("heading", { name: "Page /app" }).waitFor();
  expect(await page.locator("#app-nav a").allTextContents()).toEqual(["Orders", "Codes"]);
});

test("every fetch carries a fresh token with the documented claims, and a 401 is tried again", async () => {
  await using admin = await openAdmin();
  const { page, inApp, app } = admin;
  await titleBarButton(page, "Greet").click();
  await inApp.getByText("hello https://tea-house.myshopify.com").waitFor();

  const [first, second] = app.fetchTokens;
  expect(second).toMatchObject({
    iss: "https://tea-house.myshopify.com/admin",
    dest: "https://tea-house.myshopify.com",
    aud: "sandbox-key",
    sub: "42",
  });
  expect(Number(second?.["exp"]) - Number(second?.["iat"])).toBe(60);
  expect(second?.["jti"]).not.toBe(first?.["jti"]);
});

test("the address and the app's page stay in step, forth and back", async () => {
  await using admin = await openAdmin(`${APP_PATH}/app/orders?state=waiting`);
  const { page, inApp } = admin;
  await inApp.getByRole("heading", { name: "Page /app/orders" }).waitFor();
  await page.locator("#app-nav a[aria-current]", { hasText: "Orders" }).waitFor();
  expect(page.url()).toContain(`${APP_PATH}/app/orders?state=waiting`);

  await page.getByRole("link", { name: "Codes", exact: true }).click();
  await inApp.getByRole("heading", { name: "Page /app/codes" }).waitFor();
  await page.waitForURL(`**${APP_PATH}/app/codes`);

  await page.goBack();
  await inApp.getByRole("heading", { name: "Page /app/orders" }).waitFor();
  await page.waitForURL(`**${APP_PATH}/app/orders?state=waiting`);
});

test("the save bar is drawn by the frame, saves, and guards against leaving", async () => {
  await using admin = await openAdmin();
  const { page } = admin;
  await titleBarButton(page, "Edit").click();
  await page.getByText("Unsaved changes", { exact: true }).waitFor();

  await page.getByRole("link", { name: "Codes", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stay" }).click();
  await page.waitForURL(`**${APP_PATH}/app`);

  await page.locator("#save-bar").getByRole("button", { name: "Save" }).click();
  await page.getByRole("status").getByText("Saved").waitFor();
  expect(await page.locator("#save-bar").isVisible()).toBe(false);
});

test("a modal shows its content, and its title bar gives the actions", async () => {
  await using admin = await openAdmin();
  const { page, inApp } = admin;
  await titleBarButton(page, "Ask").click();
  const modal = inApp.getByRole("dialog");
  await modal.getByText("This deletes it.").waitFor();
  await modal.getByText("Are you sure?").waitFor();
  await modal.getByRole("button", { name: "Sure" }).click();
  await inApp.getByText("sure", { exact: true }).waitFor();
  expect(await modal.isVisible()).toBe(false);
});

test("the resource picker resolves to the chosen products", async () => {
  await using admin = await openAdmin();
  const { page, inApp } = admin;
  const picked = inApp
    .locator("body")
    .evaluate(() => window.shopify.resourcePicker({ type: "product", multiple: true }));
  await page.getByLabel("Kettle").check();
  await page.getByRole("button", { name: "Select" }).click();
  expect(await picked).toMatchObject([{ title: "Kettle", variants: [{ sku: "KETTLE" }] }]);
});

test("links into the admin open the stand-in's own pages", async () => {
  await using admin = await openAdmin();
  const { page, inApp } = admin;
  await inApp.getByRole("link", { name: "Shop orders" }).click();
  await page.waitForURL("**/store/tea-house/orders");
  await page.getByRole("cell", { name: "None yet." }).waitFor();
});

test("at phone width the navigation is a drawer", async () => {
  await using admin = await openAdmin("/", { width: 390, height: 844 });
  const { page, inApp } = admin;
  await inApp.getByRole("heading", { name: "Page /app" }).waitFor();
  expect(await page.getByRole("link", { name: "Codes", exact: true }).isVisible()).toBe(false);
  await page.getByRole("button", { name: "Navigation" }).click();
  await page.getByRole("link", { name: "Codes", exact: true }).click();
  await inApp.getByRole("heading", { name: "Page /app/codes" }).waitFor();
  expect(await page.getByRole("link", { name: "Codes", exact: true }).isVisible()).toBe(false);
});

test("another store has its own address, and its own tokens", async () => {
  await using admin = await openAdmin();
  const { state, shop, frame, page, app, inApp } = admin;
  addShop(state, { ...shop, domain: "kumo.myshopify.com", name: "Kumo Paper", products: [] });
  await page.goto(frame.url);
  await page.getByText("Tea House", { exact: true }).click();
  await page.getByRole("link", { name: "Kumo Paper" }).click();
  await page.waitForURL("**/store/kumo/apps/partner-codes/app");
  await titleBarButton(page, "Greet").click();
  await inApp.getByText("hello https://kumo.myshopify.com").waitFor();
  expect(app.fetchTokens.at(-1)).toMatchObject({ dest: "https://kumo.myshopify.com" });
});

test("the tunnel changes the App Bridge address and frame-ancestors, and nothing else", async () => {
  const { state } = shopForTests();
  const bridge = "https://cdn.shopify.com/shopifycloud/app-bridge.js";
  const app = await listenOnLoopback(
    createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += String(chunk);
      response.writeHead(200, {
        "content-type": request.url === "/page" ? "text/html" : "application/json",
        "content-security-policy": "frame-ancestors https://admin.shopify.com; img-src *",
        link: `<${bridge}>; rel="preload"`,
        "set-cookie": ["a=1", "b=2"],
      });
      const { host } = request.headers;
      response.write(`${body} ${host} grüße ${bridge.slice(0, 20)}`);
      response.end(`${bridge.slice(20)} ${bridge}`);
    }),
  );
  const frame = await startFrame({ state, target: app.url });
  const post = (path: string) => fetch(frame.appUrl + path, { method: "POST", body: "hi" });

  const page = await post("/page");
  const stand = `${frame.url}/app-bridge.js`;
  expect(await page.text()).toBe(`hi ${new URL(frame.appUrl).host} grüße ${stand} ${stand}`);
  expect(page.headers.get("content-security-policy")).toBe(
    `frame-ancestors https://admin.shopify.com ${frame.url}; img-src *`,
  );
  expect(page.headers.get("link")).toBe(`<${stand}>; rel="preload"`);
  expect(page.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect(await (await post("/data")).text()).toContain(`${bridge} ${bridge}`);

  await app.close();
  expect((await post("/page")).status).toBe(502);
  await frame.close();
});
