import { expect, test } from "vitest";
import { merchantAt } from "./merchant-at.ts";
import {
  choosePartners,
  connectImpact,
  createDiscount,
  draftDiscount,
  expectNoOverflow,
} from "./merchant-steps.ts";

const THREE = ["Anna Lindqvist", "Bergwelten Podcast", "Chidi Outdoors"];

test("thirty codes are drawn for three partners, and are live and registered", async () => {
  const { app, world } = await merchantAt("desktop");
  const { inApp } = app;
  await connectImpact(app);
  const partners = ["Anna Lindqvist"];
  await draftDiscount(app, { title: "Spring", percent: "15", partners });
  await createDiscount(app, 1);

  await inApp.getByRole("link", { name: "Add codes" }).first().click();
  await inApp.getByText("Choose partners to see how many codes result.").waitFor();
  await inApp.getByText("Hard to guess").waitFor();
  await choosePartners(inApp, THREE);
  await inApp.getByLabel("Codes for each partner").fill("0");
  await inApp.getByRole("button", { name: "Make codes" }).click();
  await inApp.getByText("Enter a whole number of codes, 1 or more.").waitFor();
  await inApp.getByLabel("Codes for each partner").fill("10");
  const pattern = inApp.getByRole("textbox", { name: "Pattern" });
  await pattern.fill("{FRIST}");
  await inApp.getByText(/FRIST.* is no token/).waitFor();
  await pattern.fill("");
  await inApp.getByRole("button", { name: /Insert \{FIRST\}/ }).click();
  await inApp.getByRole("button", { name: /Insert \{RANDOM:6\}/ }).click();
  await expect.poll(() => pattern.inputValue()).toBe("{FIRST}{RANDOM:6}");
  await inApp.getByText("30 codes will be made.").waitFor();
  await inApp
    .getByText(/^ANNA[A-Z0-9]{6}$/)
    .first()
    .waitFor();
  await expectNoOverflow(app);

  await inApp.getByRole("button", { name: "Make codes" }).click();
  await inApp.getByRole("heading", { name: "Progress" }).waitFor();
  await inApp.getByText("30 of 30").nth(1).waitFor();
  await expectNoOverflow(app);
  expect(world.shop.codes.size).toBe(31);
  const registered = world.impactState.accounts.flatMap(({ promoCodes }) => promoCodes);
  expect(registered).toHaveLength(31);
  await app.open("/app/batches");
  await inApp.getByText("30 of 30").waitFor();
  await expectNoOverflow(app);
  await inApp.getByText("Spring").first().click();
  await inApp.getByText("30 of 30").nth(1).waitFor();
}, 600_000);

test("a running batch is cancelled from its page, which then says what it left out", async () => {
  const { app, world } = await merchantAt("phone");
  const { inApp } = app;
  await connectImpact(app);
  await draftDiscount(app, { title: "Spring", percent: "15", partners: ["Anna Lindqvist"] });
  await createDiscount(app, 1);
  await inApp.getByRole("link", { name: "Add codes" }).first().click();
  await inApp.getByLabel(/All \d partners with a contract/).check();
  await inApp.getByLabel("Codes for each partner").fill("20000");
  await inApp.getByText("100,000 codes will be made.").waitFor();
  await inApp.getByRole("button", { name: "Make codes" }).click();
  // Otherwise all might be made before a busy machine has drawn the page and pressed its button.
  const made = () => world.shop.codes.size;
  await expect.poll(made, { timeout: 120_000, interval: 20 }).toBeGreaterThan(1);
  world.shopify.faults.slow(10_000);
  await inApp.getByText("Time left").waitFor();
  await inApp.getByRole("button", { name: "Actions" }).click();
  await inApp.getByRole("button", { name: "Cancel batch" }).click();
  const modal = inApp.getByRole("dialog");
  await modal.getByText("You can resume the batch later.").waitFor();
  await modal.getByRole("button", { name: "Cancel batch" }).click();
  await inApp.getByText(/Nothing more is begun|codes will not be made/).waitFor();
  world.shopify.faults.slow(0);
  await inApp.getByText(/codes will not be made/).waitFor();
  await expectNoOverflow(app);
  await inApp.getByText("Resume", { exact: true }).waitFor();
  expect(world.shop.codes.size).toBeLessThan(100_000);
}, 600_000);
