import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedStore } from "#test/sandbox/demo/seed-store.ts";
import { merchantAt } from "./merchant-at.ts";
import { expectNoOverflow, pressAndSee } from "./merchant-steps.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "codes-page-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test(
  "a merchant finds codes, keeps a view of them, and exports what is shown, of orders too",
  { timeout: 600_000 },
  async () => {
    const { app, world } = await merchantAt("desktop");
    const { page, inApp, open } = app;
    await seedStore(world);
    await open("/app/codes");
    const shown = async () => {
      // All at one moment: one by one, a row that goes meanwhile would be waited for.
      const copies = inApp.getByRole("button", { name: /^Copy code/ });
      const names = await copies.evaluateAll((all) =>
        all.map((one) => one.getAttribute("aria-label")),
      );
      return names.map((name) => name?.replace("Copy code ", "")).sort();
    };
    const saved = async (button: string) => {
      const download = page.waitForEvent("download");
      await inApp.getByRole("button", { name: button, exact: true }).click();
      const text = await readFile(await (await download).path(), "utf8");
      return text.trimEnd().split("\r\n");
    };
    await inApp.getByText("5 codes").waitFor();
    await expectNoOverflow(app);
    await page.screenshot({ path: shot("all"), fullPage: true });

    await inApp.getByLabel("Search codes").fill("15");
    await inApp.getByLabel("Search codes").fill("zo");
    await expect.poll(shown).toEqual(["ZOE15"]);
    await inApp.getByRole("navigation", { name: "Views" }).getByText("All").click();
    await inApp.getByText("5 codes").waitFor();
    await expect.poll(() => inApp.getByLabel("Search codes").inputValue()).toBe("");

    await inApp.getByLabel("Use", { exact: true }).selectOption("On an order");
    await inApp.getByLabel("Search codes").fill("ANN");
    await expect.poll(shown).toEqual(["ANNA15"]);
    await inApp.getByRole("button", { name: "Save view" }).click();
    await inApp.getByLabel("Name of the view").fill("Anna's, used");
    const save = inApp.getByRole("button", { name: "Save", exact: true });
    await pressAndSee(save, page.getByText("Anna's, used saved"));
    await inApp.getByRole("button", { name: "Delete view" }).waitFor();
    await expectNoOverflow(app);
    await page.screenshot({ path: shot("view"), fullPage: true });

    await open("/app/codes");
    await inApp.getByRole("link", { name: "Anna's, used" }).click();
    await expect.poll(shown).toEqual(["ANNA15"]);
    expect(await saved("Export")).toHaveLength(2);
    await page.goBack();
    await inApp.getByText("5 codes").waitFor();
    await inApp.getByRole("checkbox", { name: "Select code CHIDI15" }).check();
    await inApp.getByRole("checkbox", { name: "Select code ZOE15" }).check();
    await inApp.getByText("2 selected").waitFor();
    await page.screenshot({ path: shot("selected"), fullPage: true });
    const [heading, ...rows] = await saved("Export selected");
    expect(heading).toMatch(/^\uFEFFCode,Partner,/);
    expect(rows.map((row) => row.split(",")[0])).toEqual(["CHIDI15", "ZOE15"]);

    await open("/app/orders?state=ignored");
    const [, ...orders] = await saved("Export");
    expect(orders.map((row) => row.split(",")[0])).toEqual(["#1005", "#1003"]);
  },
);

/** Only for looking at while the page is worked on. */
function shot(name: string): string {
  return path.join(process.env["CODES_SHOTS"] ?? folder, `${name}.png`);
}
