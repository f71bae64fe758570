import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { merchantAt } from "./merchant-at.ts";
import { expectNoOverflow, makeTwoCodes, pressAndSee } from "./merchant-steps.ts";
import { SIZES } from "./sizes.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "hand-out-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The stand-in's shops live below one address, each at its handle. */
async function buyBy(link: string, page: Page, { storefront, shop }: DemoWorld): Promise<void> {
  const { pathname, search, host } = new URL(link);
  expect(host).toBe(shop.host);
  const home = `${storefront.url}/${shop.domain.replace(".myshopify.com", "")}`;
  await page.goto(home + pathname + search);
  expect(page.url()).toBe(`${home}/products/camp-mug`);
  await page.getByRole("button", { name: "Add to cart" }).first().click();
  await page.getByRole("link", { name: "Check out" }).click();
  await page.getByRole("button", { name: "Pay" }).click();
  await page.getByRole("heading", { name: "Thank you!" }).waitFor();
}

test(
  "a merchant hands a partner their code, a customer follows its link, and the partner is paid",
  { timeout: 600_000 },
  async () => {
    const { app, world } = await merchantAt("desktop");
    const { page, inApp, open } = app;
    await makeTwoCodes(app);

    await open("/app/partners");
    await inApp.getByRole("link", { name: "Hand out codes" }).click();
    await inApp.getByText("2 codes ready to hand out").waitFor();
    await inApp.getByRole("button", { name: "Choose a product" }).click();
    const picker = page.getByRole("dialog", { name: "Select products" });
    await picker.getByLabel("Camp Mug").check();
    await picker.getByRole("button", { name: "Select" }).click();
    await expect
      .poll(() => inApp.getByLabel("Share links lead to").inputValue())
      .toBe("/products/camp-mug");
    const save = inApp.getByRole("button", { name: "Save landing page" });
    await pressAndSee(save, page.getByText("Landing page saved"));
    await page.screenshot({ path: shot("all"), fullPage: true });
    const zip = page.waitForEvent("download");
    await inApp.getByRole("button", { name: "Download ZIP" }).click();
    const bytes = await readFile(await (await zip).path(), "latin1");
    expect(bytes).toContain("Anna Lindqvist (10001)/QR-ANNA15.png");

    await open("/app/partners");
    await inApp.getByRole("link", { name: "Anna Lindqvist" }).click();
    await inApp.getByRole("img", { name: "QR picture of ANNA15" }).waitFor();
    const link = await inApp.getByText(/^https:\S+$/).innerText();
    const file = page.waitForEvent("download");
    await inApp.getByRole("button", { name: "Download hand-out" }).click();
    expect(await readFile(await (await file).path(), "utf8")).toContain(link);
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      await expectNoOverflow(app);
      await page.screenshot({ path: shot(`partner-${size}`), fullPage: true });
    }

    await buyBy(link, await page.context().newPage(), world);
    const paid = () => whoWasPaid(world.impactState, world.shop.orders[0]?.id ?? "");
    await expect
      .poll(paid, { timeout: 120_000, interval: 500 })
      .toMatchObject({ partnerId: "10001", code: "ANNA15" });
  },
);

/** Only for looking at while the pages are worked on. */
function shot(name: string): string {
  return path.join(process.env["HAND_OUT_SHOTS"] ?? folder, `${name}.png`);
}
