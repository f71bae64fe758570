import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import type { EmbeddedApp } from "./embedded-app.ts";
import { merchantAt } from "./merchant-at.ts";
import {
  connectImpact,
  createDiscount,
  draftDiscount,
  expectNoOverflow,
} from "./merchant-steps.ts";

/** What the shop's checkout says to a customer who types this code. */
async function tryCode(page: Page, { storefront, shop }: DemoWorld, code: string): Promise<string> {
  await page.goto(`${storefront.url}/${shop.domain.replace(".myshopify.com", "")}/`);
  await page.getByRole("button", { name: "Add to cart" }).first().click();
  await page.getByRole("link", { name: "Check out" }).click();
  await page.getByLabel("Discount code").fill(code);
  await page.getByRole("button", { name: "Apply" }).click();
  const taken = page.getByRole("button", { name: `Remove ${code}` });
  const refused = page.getByRole("alert");
  await taken.or(refused).first().waitFor();
  return (await taken.count()) > 0 ? "taken" : "refused";
}

/** Codes that impact.com credits somebody by now. */
function registered({ impactState }: DemoWorld): string[] {
  const now = impactState.clock.now();
  return impactState.accounts
    .flatMap(({ promoCodes }) => promoCodes)
    .filter(({ endsAt }) => endsAt === null || endsAt > now)
    .map(({ code }) => code);
}

test(
  "a code is rotated, so that the old one is refused and the new one works, and then retired",
  { timeout: 600_000 },
  async () => {
    const { app, world } = await merchantAt("desktop");
    const { inApp, page, open } = app;
    await connectImpact(app);
    const partners = ["Anna Lindqvist", "Bergwelten Podcast"];
    await draftDiscount(app, { title: "Podcasts", percent: "15", partners });
    await createDiscount(app, 2);
    const customer = await page.context().newPage();
    expect(await tryCode(customer, world, "ANNA15")).toBe("taken");

    await inApp.getByRole("link", { name: "Retire, rotate or reassign ANNA15" }).click();
    await inApp.getByText("1 code is taken out of Shopify").first().waitFor();
    await inApp.getByText("1 registration is ended now.").first().waitFor();
    await inApp.getByText("Rotate", { exact: true }).click();
    await inApp.getByText("1 code gets a successor").first().waitFor();
    const pattern = inApp.getByLabel("Pattern of the new codes");
    await pattern.fill("{FIRST}-{RANDOM:6}");
    await pattern.blur();
    await expectNoOverflow(app);
    await inApp.getByRole("button", { name: "Rotate 1 code" }).click();
    await confirm(app, "Rotate 1 code");
    await inApp.getByRole("heading", { name: "Progress" }).waitFor();
    await inApp.getByText("Codes are rotated").first().waitFor();
    await inApp.getByText("1 of 1").first().waitFor({ timeout: 120_000 });
    await expectNoOverflow(app);

    const codes = () => [...world.shop.codes.keys()];
    // A batch says "1 of 1" of one step while others are still to come.
    await expect.poll(codes, { timeout: 120_000 }).not.toContain("ANNA15");
    const fresh = codes().find((code) => code.startsWith("ANNA-")) ?? "";
    expect(await tryCode(customer, world, "ANNA15")).toBe("refused");
    expect(await tryCode(customer, world, fresh)).toBe("taken");
    await expect.poll(() => registered(world).sort(), { timeout: 120_000 }).toContain(fresh);
    await expect.poll(() => registered(world), { timeout: 120_000 }).not.toContain("ANNA15");

    await open("/app/codes");
    await inApp.getByLabel(`Select code ${fresh}`).check();
    await inApp.getByRole("link", { name: "Change selected" }).click();
    await inApp.getByText("1 code is taken out of Shopify").first().waitFor();
    await inApp.getByRole("button", { name: "Retire 1 code" }).click();
    await confirm(app, "Retire 1 code");
    await inApp.getByText("1 of 1").first().waitFor({ timeout: 120_000 });
    await expect.poll(codes, { timeout: 120_000 }).not.toContain(fresh);
    expect(await tryCode(customer, world, fresh)).toBe("refused");
    await expect.poll(() => registered(world), { timeout: 120_000 }).toHaveLength(1);
    await open("/app/batches");
    await inApp.getByText("Codes are retired").first().waitFor();
    await expectNoOverflow(app);
  },
);

/** Says yes in the modal. */
async function confirm({ inApp }: EmbeddedApp, name: string): Promise<void> {
  await inApp.getByRole("dialog").getByRole("button", { name }).click();
}
