import type { Page } from "playwright-core";
import pg from "pg";
import { expect, test } from "vitest";
import type { EmbeddedApp } from "./embedded-app.ts";
import { merchantAt } from "./merchant-at.ts";
import {
  choosePartners,
  connectImpact,
  createDiscount,
  draftDiscount,
  expectNoOverflow,
  pathOfDiscount,
} from "./merchant-steps.ts";

const BROKE = "The connection broke before an answer came";

/**
 * Nothing that the app asks is answered until `mend` is called; forms reach the server all the same
 * where `isHeard`. Gives the status of what the server answered to them.
 */
async function breakConnection(page: Page, isHeard: boolean) {
  const unheard: number[] = [];
  const ofApp = /[?&]_data=/;
  await page.route(ofApp, async (route) => {
    if (isHeard && route.request().method() === "POST") {
      unheard.push((await route.fetch()).status());
    }
    await route.abort("connectionreset");
  });
  return { unheard, mend: () => page.unroute(ofApp) };
}

async function countRows(databaseUrl: string, table: "Discount" | "Batch"): Promise<number> {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  const { rows } = await database.query<{ count: string }>(`SELECT count(*) FROM "${table}"`);
  await database.end();
  return Number(rows[0]?.count);
}

const create = ({ inApp }: EmbeddedApp) =>
  inApp.getByRole("button", { name: "Create discount" }).click();

test("a discount whose answer was lost is made once, however often it is asked for", async () => {
  const { app, world, databaseUrl } = await merchantAt("desktop");
  const { page, inApp } = app;
  await connectImpact(app);
  await draftDiscount(app, { title: "Lost", percent: "15", partners: ["Anna Lindqvist"] });

  const cut = await breakConnection(page, false);
  await create(app);
  await inApp.getByText(BROKE).waitFor();
  await expectNoOverflow(app);
  await cut.mend();
  expect(await countRows(databaseUrl, "Discount")).toBe(0);

  const { unheard, mend } = await breakConnection(page, true);
  await create(app);
  await expect.poll(() => unheard).toEqual([204]);
  await inApp.getByText(BROKE).waitFor();
  expect(await inApp.getByLabel("Name").inputValue()).toBe("Lost");
  expect(await inApp.getByLabel("Percent off").inputValue()).toBe("15");
  await inApp.getByRole("button", { name: "Create discount", disabled: false }).waitFor();
  await mend();

  await createDiscount(app, 1);
  await inApp.getByRole("heading", { name: "Lost" }).waitFor();
  expect(await inApp.getByText(BROKE).count()).toBe(0);
  expect([...world.shop.discounts.values()].map(({ title }) => title)).toEqual(["Lost"]);
  expect(await countRows(databaseUrl, "Discount")).toBe(1);
}, 600_000);

test("a page that is loaded again after a lost answer says what its form has made, and offers another", async () => {
  const { app, world, databaseUrl } = await merchantAt("phone");
  const { page, inApp } = app;
  await connectImpact(app);
  await draftDiscount(app, { title: "Reloaded", percent: "15", partners: ["Anna Lindqvist"] });
  const first = new URL(page.url()).searchParams.get("draft");
  const { unheard, mend } = await breakConnection(page, true);
  await create(app);
  await inApp.getByText(BROKE).waitFor();
  expect(unheard).toEqual([204]);
  await mend();

  await page.reload();
  await inApp.getByText("This discount is made already").waitFor();
  await expectNoOverflow(app);
  await inApp.getByRole("link", { name: "New discount" }).click();
  await inApp.getByLabel("Name").waitFor();
  expect(await inApp.getByLabel("Name").inputValue()).toBe("");
  await expect.poll(() => new URL(page.url()).searchParams.get("draft")).not.toBe(first);
  await page.goBack();
  await inApp.getByRole("link", { name: "See the discount" }).click();
  await inApp.getByRole("heading", { name: "Reloaded" }).waitFor();
  await inApp.getByText("1 of 1").nth(1).waitFor();
  expect(world.shop.discounts.size).toBe(1);
  expect(await countRows(databaseUrl, "Discount")).toBe(1);
}, 600_000);

test("codes whose answer was lost are drawn once, and what is asked while typing takes no form away", async () => {
  const { app, world, databaseUrl } = await merchantAt("phone");
  const { page, inApp, open } = app;
  await connectImpact(app);
  await draftDiscount(app, { title: "Drawn", percent: "15", partners: ["Anna Lindqvist"] });
  await createDiscount(app, 1);
  const path = await pathOfDiscount(app);
  await open(`${path}/draw`);
  await choosePartners(inApp, ["Bergwelten Podcast"]);

  const { unheard, mend } = await breakConnection(page, true);
  await inApp.getByLabel("Codes for each partner").fill("3");
  await inApp.getByText("No examples just now").waitFor();
  await inApp.getByRole("button", { name: "Make codes" }).click();
  await inApp.getByText(BROKE).waitFor();
  expect(unheard).toEqual([204]);
  expect(await inApp.getByLabel("Codes for each partner").inputValue()).toBe("3");
  await mend();

  await inApp.getByRole("button", { name: "Make codes" }).click();
  await inApp.getByText("3 of 3").nth(1).waitFor();
  expect(world.shop.codes.size).toBe(4);
  expect(await countRows(databaseUrl, "Batch")).toBe(2);
}, 600_000);
