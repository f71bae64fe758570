import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { merchantAt } from "./merchant-at.ts";
import {
  connectImpact,
  createDiscount,
  draftDiscount,
  expectNoOverflow,
} from "./merchant-steps.ts";

/** A customer who heard a code in a podcast: no link was clicked. */
async function buyWithCode(
  page: Page,
  { storefront, shop }: DemoWorld,
  code: string,
): Promise<void> {
  await page.goto(`${storefront.url}/${shop.domain.replace(".myshopify.com", "")}/`);
  await page.getByRole("button", { name: "Add to cart" }).first().click();
  await page.getByRole("link", { name: "Check out" }).click();
  await page.getByLabel("E-mail").fill("kim@example.com");
  await page.getByLabel("Discount code").fill(code);
  await page.getByRole("button", { name: "Apply" }).click();
  await page.getByRole("button", { name: `Remove ${code.toUpperCase()}` }).waitFor();
  await page.getByRole("button", { name: "Pay" }).click();
  await page.getByRole("heading", { name: "Thank you!" }).waitFor();
}

test.each(["desktop", "phone"] as const)(
  "on a %s: from connecting impact.com to an order that earned its partner",
  async (size) => {
    const { app, world } = await merchantAt(size);
    const { inApp, page, open } = app;
    await open("/app");
    await inApp.getByText("Connect impact.com").first().waitFor();
    await expectNoOverflow(app);

    await connectImpact(app);
    const partners = ["Anna Lindqvist", "Bergwelten Podcast"];
    await draftDiscount(app, { title: "Podcast codes", percent: "15", partners });
    await expectNoOverflow(app);
    await createDiscount(app, 2);

    const customer = await page.context().newPage();
    await buyWithCode(customer, world, "anna15");
    await open("/app/orders");
    const sentence = "Anna Lindqvist earned it with ANNA15. impact.com has credited it.";
    await expect
      .poll(
        async () => {
          await open("/app/orders");
          return inApp.getByText(sentence).count();
        },
        { timeout: 120_000, interval: 1_000 },
      )
      .toBe(1);
    await expectNoOverflow(app);

    await inApp.getByText("#1001").first().click();
    await inApp.getByText("Credited at impact.com").waitFor();
    await inApp.getByText("ANNA15 is Anna Lindqvist's code").first().waitFor();
    await expectNoOverflow(app);

    const [order] = world.shop.orders;
    expect(whoWasPaid(world.impactState, order?.id ?? "")).toMatchObject({
      partnerId: "10001",
      code: "ANNA15",
    });
    expect(world.impact.requests.flatMap((request) => request.violations)).toEqual([]);
  },
  600_000,
);
