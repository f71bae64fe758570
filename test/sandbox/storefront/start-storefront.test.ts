import { afterAll, beforeAll, expect, test } from "vitest";
import type { Browser } from "playwright-core";
import { launchChromium } from "#test/sandbox/chromium.ts";
import { addDiscount, shopForTests } from "#test/sandbox/shopify/checkout/shop-for-tests.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import { startStorefront } from "./start-storefront.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

async function visitShop(landing = "") {
  const { state, shop } = shopForTests();
  shop.clickEmbed = { days: 30, parameter: "" };
  const combinesWith = { order: true, product: false, shipping: false };
  addDiscount(state, shop, ["NINA10"], { combinesWith });
  addDiscount(state, shop, ["OMAR10"], { combinesWith, oncePerCustomer: true });
  const paid: StoredOrder[] = [];
  const storefront = await startStorefront({ state, onOrder: (_shop, order) => paid.push(order) });
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await page.goto(`${storefront.url}/tea-house/${landing}`);
  return {
    ...{ state, shop, paid, storefront, page },
    async [Symbol.asyncDispose]() {
      await page.close();
      await storefront.close();
    },
  };
}

/** As the app embed puts it on the cart. */
function cartClick(clickId: string) {
  const seen = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string;
  return [
    { name: "irclickid", value: clickId },
    { name: "irclickid_seen", value: seen },
  ];
}

test("a customer buys with two codes and a click id, and the order carries all of it", async () => {
  await using visit = await visitShop("?irclickid=Click-1&utm_source=impact");
  const { page, paid } = visit;
  await page.getByLabel("Mug: variant").selectOption({ label: "Blue, $19.95" });
  await page.getByRole("button", { name: "Add to cart" }).first().click();
  await page.getByRole("link", { name: "Check out" }).click();
  await page.getByLabel("E-mail").fill("ann@example.com");
  for (const code of ["nina10", "OMAR10"]) {
    await page.getByLabel("Discount code").fill(code);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: `Remove ${code.toUpperCase()}` }).waitFor();
  }
  await page.getByRole("button", { name: "Pay $15.95" }).click();
  await page.getByRole("heading", { name: "Thank you! Your order is #1001" }).waitFor();

  expect(paid[0]?.payload).toMatchObject({
    email: "ann@example.com",
    total_price: "15.95",
    discount_codes: [
      { code: "nina10", amount: "2.00" },
      { code: "OMAR10", amount: "2.00" },
    ],
    landing_site: "/?irclickid=Click-1&utm_source=impact",
    note_attributes: cartClick("Click-1"),
  });
});

test("a later landing brings a newer click id; landing_site stays the first page", async () => {
  await using visit = await visitShop();
  const { page, paid, storefront } = visit;
  await page.goto(`${storefront.url}/tea-house/products/mug?im_ref=Click-2`);
  await page.getByRole("button", { name: "Add to cart" }).last().click();
  await page.getByRole("link", { name: "Check out" }).click();
  await page.getByRole("button", { name: "Pay" }).click();
  await page.getByRole("heading", { name: "Thank you!" }).waitFor();
  expect(paid[0]?.payload).toMatchObject({
    landing_site: "/",
    note_attributes: cartClick("Click-2"),
    customer: null,
  });
});

test("a refused code says why beside the field and is not applied", async () => {
  await using visit = await visitShop();
  const { page } = visit;
  await page.getByRole("button", { name: "Add to cart" }).last().click();
  await page.getByRole("link", { name: "Check out" }).click();
  await page.getByLabel("Discount code").fill("nope");
  await page.getByRole("button", { name: "Apply" }).click();
  await page.getByText("Discount code NOPE isn't valid").waitFor();
  await page.getByRole("button", { name: "Pay $49.00" }).waitFor();
});

test("a code already used by the e-mail typed at the end stops the payment and says so", async () => {
  await using visit = await visitShop();
  const { page, paid, shop } = visit;
  shop.codes.get("OMAR10")?.usedBy.push("ann@example.com");
  await page.getByRole("button", { name: "Add to cart" }).last().click();
  await page.getByRole("link", { name: "Check out" }).click();
  await page.getByLabel("Discount code").fill("OMAR10");
  await page.getByRole("button", { name: "Apply" }).click();
  await page.getByLabel("E-mail").fill("ann@example.com");
  await page.getByRole("button", { name: "Pay $44.10" }).click();
  await page.getByText("You've already used the OMAR10 discount code").waitFor();
  expect(paid).toEqual([]);
  await page.getByRole("button", { name: "Pay $49.00" }).click();
  await page.getByRole("heading", { name: "Thank you!" }).waitFor();
});

test("every shop is found by its handle or by ?shop=, and none other", async () => {
  await using visit = await visitShop();
  const { storefront } = visit;
  const byName = await fetch(`${storefront.url}/?shop=tea-house.myshopify.com&irclickid=A`);
  expect(byName.url).toBe(`${storefront.url}/tea-house/?irclickid=A`);
  expect((await fetch(`${storefront.url}/nowhere/`)).status).toBe(404);
  expect((await fetch(`${storefront.url}/tea-house/nowhere`)).status).toBe(404);
});

test("a discount link puts its code on the checkout, and leads to a page of this shop alone", async () => {
  await using visit = await visitShop("discount/nina10?redirect=/collections/new");
  const { page, paid, storefront } = visit;
  expect(page.url()).toBe(`${storefront.url}/tea-house/collections/new`);
  await page.getByRole("button", { name: "Add to cart" }).last().click();
  await page.getByRole("link", { name: "Check out" }).click();
  await page.getByRole("button", { name: "Remove NINA10" }).waitFor();
  await page.getByRole("button", { name: "Pay $44.10" }).click();
  await page.getByRole("heading", { name: "Thank you!" }).waitFor();
  expect(paid[0]?.payload).toMatchObject({ discount_codes: [{ code: "nina10" }] });
  for (const elsewhere of ["https://evil.example/", "//evil.example", "/\\evil.example"]) {
    const link = `discount/NINA10?redirect=${encodeURIComponent(elsewhere)}`;
    await page.goto(`${storefront.url}/tea-house/${link}`);
    expect(page.url()).toBe(`${storefront.url}/tea-house/`);
  }
});
