import type { FrameLocator, Locator } from "playwright-core";
import { expect } from "vitest";
import { CREDENTIALS } from "#test/sandbox/demo/demo-world.ts";
import type { EmbeddedApp } from "./embedded-app.ts";
import { SIZES } from "./sizes.ts";

/** Connects impact.com and chooses its one program; ends when the partners are read. */
export async function connectImpact({ inApp, open }: EmbeddedApp): Promise<void> {
  await open("/app/impact");
  await inApp.getByLabel("Account SID").fill(CREDENTIALS.accountSid);
  await inApp.getByLabel("Auth Token").fill(CREDENTIALS.authToken);
  await inApp.getByRole("button", { name: "Connect" }).click();
  await inApp.getByRole("button", { name: "Use this program" }).click();
  await inApp.getByText("Last synced").waitFor();
}

/** Picks partners in the New discount form, each of whom gets a field with a suggested code. */
export async function choosePartners(inApp: FrameLocator, names: string[]): Promise<void> {
  const picker = inApp.getByRole("combobox", { name: "Partners" });
  for (const name of names) {
    await picker.click();
    await inApp.getByRole("option", { name }).click();
  }
  await picker.press("Escape");
}

/** Fills in a new discount with the codes the form suggests for these partners. */
export async function draftDiscount(
  { inApp, open }: EmbeddedApp,
  { title, percent, partners }: { title: string; percent: string; partners: string[] },
): Promise<void> {
  await open("/app/discounts/new");
  await inApp.getByLabel("Name").fill(title);
  await inApp.getByLabel("Percent off").fill(percent);
  await choosePartners(inApp, partners);
  await inApp
    .getByText("Available")
    .nth(partners.length - 1)
    .waitFor();
}

/** Creates what is drafted; ends when every code is made and registered. */
export async function createDiscount({ inApp }: EmbeddedApp, codes: number): Promise<void> {
  await inApp.getByRole("button", { name: "Create discount" }).click();
  await inApp.getByRole("heading", { name: "Progress" }).waitFor();
  await inApp.getByText(`${codes} of ${codes}`).nth(1).waitFor();
}

/** The address of the discount that was just made, by the app's own path. */
export async function pathOfDiscount({ page }: EmbeddedApp): Promise<string> {
  // The page of the discount is told to the admin by message.
  await page.waitForURL(/discounts\/(?!new)/);
  return new URL(page.url()).pathname.replace(/^.*partner-codes/, "");
}

/** Connects impact.com and makes the codes ANNA15 and BERGWELTEN15, live and registered. */
export async function makeTwoCodes(app: EmbeddedApp): Promise<void> {
  await connectImpact(app);
  const partners = ["Anna Lindqvist", "Bergwelten Podcast"];
  await draftDiscount(app, { title: "Podcast codes", percent: "15", partners });
  await createDiscount(app, 2);
}

/** Presses it and sees what is told briefly: looked for only after the press, that may be gone. */
export async function pressAndSee(button: Locator, told: Locator): Promise<void> {
  await Promise.all([told.waitFor(), button.click()]);
}

/** Nothing may hang over the right edge, at any width a merchant may have; the width stays as it was. */
export async function expectNoOverflow({ page, inApp }: EmbeddedApp): Promise<void> {
  const before = page.viewportSize() ?? SIZES.desktop;
  for (const size of Object.values(SIZES)) {
    await page.setViewportSize(size);
    const html = inApp.locator("html");
    // What measures itself is drawn anew a little after its window has changed.
    await expect.poll(() => html.evaluate((all) => all.scrollWidth - all.clientWidth)).toBe(0);
  }
  await page.setViewportSize(before);
}
