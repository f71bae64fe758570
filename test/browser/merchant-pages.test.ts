import { expect, test } from "vitest";
import { PERMISSIONS } from "#app/core/program/permissions.ts";
import { CREDENTIALS } from "#test/sandbox/demo/demo-world.ts";
import { seedStore } from "#test/sandbox/demo/seed-store.ts";
import { merchantAt } from "./merchant-at.ts";
import { choosePartners } from "./merchant-steps.ts";

test("a merchant connects impact.com, makes codes, and is told beside each field what is wrong", async () => {
  const { app, world } = await merchantAt("desktop");
  const { page, inApp, open } = app;
  await open("/app");
  await inApp.getByText("0 of 4 steps done").waitFor();
  await inApp.getByRole("link", { name: "Connect" }).click();

  const asked = inApp.getByRole("listitem").filter({ hasText: ", to " });
  await asked.first().waitFor();
  const text = (await asked.allInnerTexts()).join();
  for (const permission of PERMISSIONS) expect(text).toContain(permission);
  await inApp.getByLabel("Account SID").fill(CREDENTIALS.accountSid);
  await inApp.getByLabel("Auth Token").fill("mistyped");
  await inApp.getByRole("button", { name: "Connect" }).click();
  await inApp.getByText("impact.com doesn't accept these credentials").waitFor();
  expect(await inApp.getByLabel("Account SID").inputValue()).toBe(CREDENTIALS.accountSid);
  await inApp.getByLabel("Auth Token").fill(CREDENTIALS.authToken);
  await inApp.getByRole("button", { name: "Connect" }).click();
  await inApp.getByRole("button", { name: "Use this program" }).click();
  await inApp.getByText("Last synced").waitFor();

  await page.locator("#app-nav").getByRole("link", { name: "Discounts" }).click();
  await inApp.getByRole("link", { name: "New discount" }).first().click();
  await inApp.getByLabel("Percent off").fill("150");
  await choosePartners(inApp, ["Anna Lindqvist", "Chidi Outdoors"]);
  await inApp.getByLabel("Chidi Outdoors", { exact: true }).fill("anna150");
  await inApp.getByText("This code stands here twice").waitFor();
  await inApp.getByRole("button", { name: "Create discount" }).click();
  await inApp.getByText("Give the discount a name").waitFor();
  await inApp.getByText("Enter a percentage from 0.01 to 100").waitFor();
  expect(await inApp.getByLabel("Chidi Outdoors", { exact: true }).inputValue()).toBe("anna150");

  await inApp.getByLabel("Name").fill("Autumn ambassadors");
  await inApp.getByLabel("Percent off").fill("15");
  await inApp.getByLabel("Chidi Outdoors", { exact: true }).fill("CHIDI15");
  await inApp.getByText("Available").nth(1).waitFor();
  await inApp.getByRole("button", { name: "Create discount" }).dblclick();
  await inApp.getByText("Registered", { exact: true }).nth(1).waitFor();
  expect([...world.shop.codes.keys()].sort()).toEqual(["ANNA15", "CHIDI15"]);
  expect(world.shop.discounts.size).toBe(1);
});

test("what is pressed before a page's script has come leads nowhere, and is taken once it has", async () => {
  const { app } = await merchantAt("desktop");
  const { page, inApp, open } = app;
  let deliver: () => void = () => undefined;
  const delivered = new Promise<void>((resolve) => {
    deliver = resolve;
  });
  await page.route("**/assets/entry.client*", async (route) => {
    await delivered;
    await route.continue();
  });
  const opened = open("/app");
  await inApp.getByText("0 of 4 steps done").waitFor();
  const place = await inApp.getByText("Connect", { exact: true }).boundingBox();
  if (!place) throw new Error("nothing to press");
  await page.mouse.click(place.x + place.width / 2, place.y + place.height / 2);
  await page.keyboard.press("Enter");
  deliver();
  await opened;
  await inApp.getByText("0 of 4 steps done").waitFor();
  await inApp.getByRole("link", { name: "Connect" }).click();
  await inApp.getByLabel("Account SID").waitFor();
});

test("every page fits a phone, and an order that is not there says so", async () => {
  const { app, world } = await merchantAt("phone");
  const { page, inApp, open } = app;
  await seedStore(world);
  const [order] = world.shop.orders;
  for (const path of [
    ...["/app", "/app/impact", "/app/partners", "/app/discounts", "/app/discounts/new"],
    ...["/app/orders", "/app/orders?state=ignored", `/app/orders/${order?.id ?? ""}`],
    ...["/app/ledger", "/app/problems", "/app/settings", "/app/codes", "/app/rules"],
    ...["/app/codes/assign?code=WELCOME5", "/app/codes/assign?code=WELCOME5&partner=10001"],
  ]) {
    await open(path);
    const html = inApp.locator("html");
    const sideways = () =>
      html.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    await expect.poll(sideways, { message: path }).toBe(0);
  }
  await open("/app/orders/99");
  await inApp.getByText("This shop has no such order").waitFor();
  await page.getByRole("button", { name: "Navigation" }).click();
  await page.locator("#app-nav").getByRole("link", { name: "Orders" }).click();
  await inApp.getByRole("link", { name: order?.name ?? "" }).waitFor();
});
