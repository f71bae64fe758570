import { expect, test } from "vitest";
import { addCollection } from "#test/sandbox/shopify/create-state.ts";
import { merchantAt } from "./merchant-at.ts";
import { choosePartners, connectImpact, createDiscount } from "./merchant-steps.ts";

test(
  "a discount is made for some products, edited, deactivated, activated and deleted",
  { timeout: 600_000 },
  async () => {
    const { app, world } = await merchantAt("desktop");
    const { page, inApp, open } = app;
    const { shopifyState, shop } = world;
    const [mug] = shop.products;
    addCollection(shopifyState, shop, { title: "Gifts", products: shop.products.slice(0, 2) });
    await connectImpact(app);

    await open("/app/discounts/new");
    await inApp.getByLabel("Name").fill("Two at a time");
    await inApp.getByLabel("Percent off").fill("15");
    await choosePartners(inApp, ["Anna Lindqvist"]);
    await inApp.getByLabel("Products").selectOption("Some products");
    await inApp.getByRole("button", { name: "Choose products" }).click();
    await page
      .locator("#picker")
      .getByLabel(mug?.title ?? "")
      .check();
    await page.locator("#picker").getByRole("button", { name: "Select" }).click();
    await inApp.getByRole("button", { name: `Remove ${mug?.title}` }).waitFor();
    await inApp.getByLabel("Minimum", { exact: true }).selectOption("Number of items");
    await inApp.getByLabel("Minimum number of items").fill("2");
    await createDiscount(app, 1);
    const [discount] = shop.discounts.values();
    expect(discount).toMatchObject({
      items: { kind: "products", ids: [mug?.id] },
      minimum: { kind: "quantity", quantity: 2 },
    });
    await inApp.getByText("2 items").waitFor();

    const act = async (name: string) => {
      await inApp.getByRole("button", { name: "Discount", exact: true }).click();
      await inApp.locator(".Polaris-Popover").getByText(name, { exact: true }).click();
    };
    await act("Edit");
    await inApp.getByLabel("Products").selectOption("Some collections");
    await inApp.getByRole("button", { name: "Save", exact: true }).click();
    await inApp.getByText("Choose at least one collection").waitFor();
    const refused = inApp.getByText("Nothing was changed yet");
    // The button that was pressed is at the foot of the page.
    const isInView = () => refused.evaluate((text) => text.getBoundingClientRect().top >= 0);
    await expect.poll(isInView).toBe(true);
    await inApp.getByRole("button", { name: "Choose collections" }).click();
    await page.locator("#picker").getByLabel("Gifts").check();
    await page.locator("#picker").getByRole("button", { name: "Select" }).click();
    // The picker's answer comes by message, on a busy machine after the next click.
    await inApp.getByRole("button", { name: "Remove Gifts" }).waitFor();
    await inApp.getByLabel("Percent off").fill("20");
    await inApp.getByRole("button", { name: "Save", exact: true }).click();
    await inApp.getByText("20% off").waitFor();
    expect(discount).toMatchObject({
      value: { kind: "percentage", fraction: 0.2 },
      items: { kind: "collections" },
    });

    await act("Deactivate");
    await inApp.locator("dialog[open]").getByRole("button", { name: "Deactivate" }).click();
    await inApp.getByText("Deactivated", { exact: true }).first().waitFor();
    expect(discount?.endsAt).not.toBeNull();
    await inApp.getByRole("button", { name: "Activate", exact: true }).waitFor();
    const change = inApp.getByRole("link", { name: "Change codes" }).first();
    const discountId = (await change.getAttribute("href"))?.split("discount=")[1] ?? "";
    await open(`/app/discounts/${discountId}/draw`);
    await inApp.getByText("Activate it first").waitFor();
    await inApp.getByRole("link", { name: "Open the discount" }).click();
    await inApp.getByRole("button", { name: "Activate", exact: true }).click();
    await inApp.getByText("Running", { exact: true }).waitFor();
    expect(discount?.endsAt).toBeNull();
    await act("Delete");
    await inApp.locator("dialog[open]").getByRole("button", { name: "Delete" }).click();
    await inApp.getByRole("heading", { name: "Batch", exact: true }).waitFor();
    // A batch says "1 of 1" of one side while the other is still to come.
    await expect.poll(() => shop.codes.size, { timeout: 120_000 }).toBe(0);
    await inApp.getByText("1 of 1").first().waitFor();
    await open("/app/discounts");
    await inApp.getByText("Deleted", { exact: true }).first().waitFor();
    const table = inApp.getByRole("table", { name: "Discounts" });
    const room = () =>
      table.evaluate((all) => (all.parentElement?.clientWidth ?? 0) - all.clientWidth);
    await expect.poll(room).toBe(0);
  },
);
