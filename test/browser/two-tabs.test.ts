import { expect, test } from "vitest";
import { embeddedApp } from "./embedded-app.ts";
import { merchantAt } from "./merchant-at.ts";
import {
  connectImpact,
  createDiscount,
  draftDiscount,
  expectNoOverflow,
  pathOfDiscount,
  pressAndSee,
} from "./merchant-steps.ts";

test("a form opened before another edit says what it would take back, and saves when told again", async () => {
  const { app, world } = await merchantAt("desktop");
  await connectImpact(app);
  await draftDiscount(app, { title: "Two tabs", percent: "15", partners: ["Anna Lindqvist"] });
  await createDiscount(app, 1);
  const path = await pathOfDiscount(app);
  const other = embeddedApp(await app.page.context().newPage(), world);
  await app.open(`${path}/edit`);
  await other.open(`${path}/edit`);
  const save = { name: "Save", exact: true };
  await app.inApp.getByLabel("Percent off").fill("12");
  await app.inApp.getByRole("button", save).click();
  await app.inApp.getByText("12% off").waitFor();

  await other.inApp.getByLabel("Name").fill("Renamed");
  await other.inApp.getByRole("button", save).click();
  await other.inApp.getByText("how much it takes off (now 12)").waitFor();
  await expectNoOverflow(other);
  const [discount] = world.shop.discounts.values();
  expect(discount).toMatchObject({ title: "Two tabs", value: { fraction: 0.12 } });

  await other.inApp.getByLabel("Percent off").fill("12");
  await other.inApp.getByRole("button", save).click();
  await other.inApp.getByRole("heading", { name: "Renamed" }).waitFor();
  expect(discount).toMatchObject({ title: "Renamed", value: { fraction: 0.12 } });
}, 600_000);

test("a rule tried before another was saved does not replace it unnoticed, stays chosen, and is saved when told again", async () => {
  const { app, world } = await merchantAt("desktop");
  const other = embeddedApp(await app.page.context().newPage(), world);
  await app.open("/app/rules");
  await other.open("/app/rules/try?scope=shop&meeting=newer-click-wins&days=5&period=30");
  const change = async ({ inApp }: typeof app, button: string) => {
    await inApp.getByRole("button", { name: button }).click();
    await inApp.getByRole("dialog").getByRole("button", { name: "Change the rule" }).click();
  };
  await app.inApp.getByText("Code and click share the order").first().click();
  await change(app, "Save rule");
  await app.inApp.getByText(/^In force since/).waitFor();

  await change(other, "Use this rule from now on");
  const told = other.inApp.getByText(
    /A rule for your shop was saved after .* share the order, 50%/,
  );
  await told.waitFor();
  await other.inApp.getByText(/^In force since/).waitFor();
  expect(await other.inApp.getByLabel("Days for which a click is new").inputValue()).toBe("5");
  await expectNoOverflow(other);
  const shots = process.env["RULE_SHOTS"];
  if (shots) await other.page.screenshot({ path: `${shots}/stale-rule.png` });
  await change(other, "Save rule");
  await told.waitFor({ state: "hidden" });
  await app.open("/app/rules");
  await app.inApp.getByText("Where a click meets a code, a click wins").first().waitFor();
  expect(await app.inApp.getByLabel("Days for which a click is new").inputValue()).toBe("5");
}, 600_000);

test("settings opened before others were saved name them, and are saved when told again", async () => {
  const { app, world } = await merchantAt("phone");
  const other = embeddedApp(await app.page.context().newPage(), world);
  await app.open("/app/settings");
  await other.open("/app/settings");
  const save = ({ page }: typeof app) => page.getByRole("button", { name: "Save" });
  await app.inApp.getByText("Before discounts, without tax").click();
  await pressAndSee(save(app), app.page.getByText("Settings saved"));

  await other.inApp.getByText("Once it is paid").click();
  const told = other.inApp.getByText("(now “Before discounts, without tax”)");
  await pressAndSee(save(other), told);
  await expectNoOverflow(other);
  expect(await other.inApp.getByLabel("Once it is paid").isChecked()).toBe(true);
  await pressAndSee(save(other), other.page.getByText("Settings saved"));
  await app.open("/app/settings");
  expect(await app.inApp.getByLabel("Once it is paid").isChecked()).toBe(true);
  expect(await app.inApp.getByLabel("After discounts, without tax").isChecked()).toBe(true);
}, 600_000);
