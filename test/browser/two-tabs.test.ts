import { expect, test } from "vitest";
import { embeddedApp } from "./embedded-app.ts";
import { merchantAt } from "./merchant-at.ts";
import {
  connectImpact,
  createDiscount,
  draftDiscount,
  expectNoOverflow,
} from "./merchant-steps.ts";

test("a form opened before another edit says what it would take back, and saves when told again", async () => {
  const { app, world } = await merchantAt("desktop");
  await connectImpact(app);
  await draftDiscount(app, { title: "Two tabs", percent: "15", partners: ["Anna Lindqvist"] });
  await createDiscount(app, 1);
  await app.page.waitForURL(/discounts\/(?!new)/);
  const path = new URL(app.page.url()).pathname.replace(/^.*partner-codes/, "");
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
