import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { merchantAt } from "./merchant-at.ts";
import { connectImpact, expectNoOverflow } from "./merchant-steps.ts";
import type { EmbeddedApp } from "./embedded-app.ts";

/** Turns both parts on from Home, as a merchant who has just chosen a program does. */
async function turnOn({ inApp, page, open }: EmbeddedApp, { shop }: DemoWorld): Promise<void> {
  await open("/app");
  await inApp.getByRole("button", { name: "Turn on", exact: true }).click();
  await expect.poll(() => shop.webPixel !== null).toBe(true);
  await inApp.getByRole("link", { name: "Turn on in the theme editor" }).click();
  await page.getByRole("link", { name: "Save" }).click();
  await page.getByText("Partner click capture is on").waitFor();
  await open("/app");
  await expect.poll(() => inApp.getByText("On", { exact: true }).count()).toBe(2);
}

async function land(page: Page, { storefront, shop }: DemoWorld, query: string): Promise<void> {
  await page.goto(`${storefront.url}/${shop.domain.replace(".myshopify.com", "")}/?${query}`);
}

async function pay(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Pay" }).click();
  await page.getByRole("heading", { name: "Thank you!" }).waitFor();
}

async function expectClickOn({ inApp, open }: EmbeddedApp, orderId: string, clickId: string) {
  await expect
    .poll(
      async () => {
        await open(`/app/orders/${orderId}`);
        return inApp.getByText(clickId).count();
      },
      { timeout: 120_000, interval: 1_000 },
    )
    .toBeGreaterThan(0);
}

test("from Home to two orders that know their click: one by its cart, one by the checkout's pixel", async () => {
  const { app, world } = await merchantAt("phone");
  await connectImpact(app);
  await turnOn(app, world);
  await expectNoOverflow(app);

  const customer = await app.page.context().newPage();
  await land(customer, world, "irclickid=Carted-Click");
  await customer.getByRole("button", { name: "Add to cart" }).first().click();
  await customer.getByRole("link", { name: "Check out" }).click();
  await pay(customer);
  await land(customer, world, "im_ref=Pixel-Click");
  await customer.getByRole("button", { name: "Buy it now" }).first().click();
  await pay(customer);

  const [carted, boughtNow] = world.shop.orders;
  await expectClickOn(app, carted?.id ?? "", "Carted-Click");
  await expectClickOn(app, boughtNow?.id ?? "", "Pixel-Click");
  expect(boughtNow?.payload["note_attributes"]).toEqual([]);
  await expectNoOverflow(app);
});
