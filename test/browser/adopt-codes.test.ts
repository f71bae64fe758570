import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { discountByHand } from "#test/core/given/adopting.ts";
import { merchantAt } from "./merchant-at.ts";
import { connectImpact } from "./merchant-steps.ts";
import { SIZES } from "./sizes.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "adopting-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const CODES = ["ANNA-SPRING", "LINDQVIST20", "SOMEBODY15"];

function registeredAt({ impactState }: DemoWorld): string[] {
  const codes = impactState.accounts.flatMap(({ promoCodes }) => promoCodes);
  return codes.map(({ code, partnerId }) => `${code} ${partnerId}`).toSorted();
}

test(
  "a merchant adopts a discount made by hand, partners are found by a pattern, and their codes are registered",
  { timeout: 600_000 },
  async () => {
    const { app, world } = await merchantAt("desktop");
    const { page, inApp, open } = app;
    const clock = { now: () => new Date() };
    discountByHand({ ...world, clock }, "Spring podcasts", CODES);
    discountByHand({ ...world, clock }, "Welcome", ["WELCOME5"]);
    await connectImpact(app);

    await open("/app/codes");
    await inApp.getByRole("link", { name: "Adopt codes from Shopify" }).click();
    await inApp.getByRole("checkbox", { name: "Select Spring podcasts" }).check();
    await page.screenshot({ path: shot("list") });
    await inApp.getByRole("button", { name: "Read codes", exact: true }).click();

    await inApp.getByRole("heading", { name: "What was found" }).waitFor();
    await inApp.getByText("By a name or id in the code").click();
    await inApp.getByRole("button", { name: "Find partners" }).click();
    await inApp.getByText("No partner's name or id stands where {PARTNER}* has it.").waitFor();
    await page.screenshot({ path: shot("found"), fullPage: true });
    await page.setViewportSize(SIZES.phone);
    await page.screenshot({ path: shot("found-phone") });
    const html = inApp.locator("html");
    const hidden = () => html.evaluate((one) => one.scrollWidth - one.clientWidth);
    await expect.poll(hidden).toBeLessThanOrEqual(0);
    await page.setViewportSize(SIZES.desktop);
    await inApp.getByRole("button", { name: "Adopt 3 codes" }).click();

    await inApp.getByRole("heading", { name: "Progress" }).waitFor();
    await expect
      .poll(() => registeredAt(world), { timeout: 120_000 })
      .toEqual(["ANNA-SPRING 10001", "LINDQVIST20 10001"]);
    await inApp.getByText("2 of 2").waitFor();
    await page.screenshot({ path: shot("batch") });
    await inApp.getByRole("link", { name: "See those that nobody has" }).click();
    await inApp.getByText("SOMEBODY15").first().waitFor();
    expect(world.impact.requests.flatMap((request) => request.violations)).toEqual([]);
  },
);

/** Only for looking at while the pages are worked on. */
function shot(name: string): string {
  return path.join(process.env["ADOPT_SHOTS"] ?? folder, `${name}.png`);
}
