import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { merchantAt } from "./merchant-at.ts";
import { pressAndSee } from "./merchant-steps.ts";

test(
  "a merchant changes what is reported, and downloads what is held for a customer",
  { timeout: 300_000 },
  async () => {
    const { app, world } = await merchantAt("desktop");
    const { page, inApp, open } = app;
    await open("/app/settings");
    await inApp.getByText("In the example: $90.00").waitFor();
    await inApp.getByText("Once it is paid").click();
    await inApp.getByText("Before discounts, without tax").click();
    await page.getByRole("button", { name: "Discard" }).click();
    // The press comes to the app by message.
    const isPlaced = () => inApp.getByLabel("As soon as it is placed").isChecked();
    await expect.poll(isPlaced).toBe(true);
    await inApp.getByText("Once it is paid").click();
    const save = page.getByRole("button", { name: "Save" });
    await pressAndSee(save, page.getByText("Settings saved"));
    await page.reload();
    await inApp.getByText("In the example: $90.00").waitFor();
    expect(await inApp.getByLabel("Once it is paid").isChecked()).toBe(true);

    const request = { customer: { email: "kim@example.com" }, orders_requested: [1_001] };
    world.webhooks.send(world.shop, "customers/data_request", request);
    await world.webhooks.idle();
    const told = async () => {
      await open("/app/settings");
      return inApp.getByText("A customer asked for their data").count();
    };
    await expect.poll(told, { timeout: 120_000, interval: 1_000 }).toBe(1);
    const file = page.waitForEvent("download");
    await inApp.getByRole("button", { name: /^Download the CSV/ }).click();
    const saved = await file;
    expect(saved.suggestedFilename()).toMatch(/^customer-data-.+\.csv$/);
    expect(await readFile(await saved.path(), "utf8")).toMatch(/^Order,Order ID,/);
  },
);

test("a merchant allows orders older than 60 days, once asked and not before", async () => {
  const { app, world } = await merchantAt("desktop");
  const { page, inApp, open } = app;
  await open("/app/ledger");
  await inApp.getByText("Orders placed more than 60 days ago are not among them").waitFor();
  await open("/app/settings");
  await inApp.getByRole("button", { name: "Allow older orders" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await inApp.getByText("Not allowed. Everything else goes on as before.").waitFor();
  expect(world.shop.grantedScopes).toEqual([]);
  await inApp.getByRole("button", { name: "Allow older orders" }).click();
  await page.getByRole("button", { name: "Update" }).click();
  await inApp.getByText("Allowed. The ledger compares older orders now.").waitFor();
  expect(world.shop.grantedScopes).toEqual(["read_all_orders"]);
  await page.reload();
  await inApp.getByText("Allowed. The ledger compares older orders now.").waitFor();
});
