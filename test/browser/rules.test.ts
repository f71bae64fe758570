import pg from "pg";
import { expect, test } from "vitest";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { placedWebhooks } from "#test/sandbox/shopify/orders/order-webhook.ts";
import { placeOrder } from "#test/sandbox/shopify/orders/place-order.ts";
import { announce } from "#test/sandbox/shopify/webhooks/announce.ts";
import type { EmbeddedApp } from "./embedded-app.ts";
import { merchantAt } from "./merchant-at.ts";
import { expectNoOverflow, makeTwoCodes, pressAndSee } from "./merchant-steps.ts";
import { SIZES } from "./sizes.ts";

test(
  "a merchant chooses who earns, and is told beside each field what is wrong",
  { timeout: 300_000 },
  async () => {
    const { app } = await merchantAt("desktop");
    const { inApp, open } = app;
    await open("/app/rules");
    await inApp.getByText("In force from the start").waitFor();
    const save = async () => {
      await inApp.getByRole("button", { name: "Save rule" }).click();
      await inApp.getByRole("dialog").getByRole("button", { name: "Change the rule" }).click();
    };
    await inApp.getByText("Code and click share the order").first().click();
    await inApp.getByLabel("The code's share in %").fill("70");
    await save();
    await inApp.getByText("70% and 50% make 120%").waitFor();
    await inApp.getByLabel("The click's share in %").fill("30");
    // While the page is still read anew, its button takes no submission, by Enter either.
    const button = inApp.getByRole("button", { name: "Save rule" });
    await expect.poll(() => button.isEnabled()).toBe(true);
    // However it is asked for, nothing is saved before the merchant has said so.
    for (const ask of [
      () => inApp.getByLabel("The click's share in %").press("Enter"),
      () => inApp.getByRole("button", { name: "Save rule" }).click(),
    ]) {
      await ask();
      await inApp.getByRole("dialog").getByRole("button", { name: "Not now" }).click();
      await inApp.getByRole("dialog").waitFor({ state: "hidden" });
    }
    await inApp.getByText("In force from the start").waitFor();
    await save();
    await inApp.getByText(/^In force since/).waitFor();
    await expect.poll(() => inApp.getByLabel("The code's share in %").inputValue()).toBe("70");

    await inApp.getByLabel("Code", { exact: true }).fill("NOBODYS");
    await inApp.getByText("A click wins while it is new").last().click();
    expect(await inApp.getByLabel("Days for which a click is new").inputValue()).toBe("7");
    await inApp.getByRole("button", { name: "Add rule" }).click();
    await inApp.getByRole("dialog").getByRole("button", { name: "Add the rule" }).click();
    await inApp.getByText("Enter one of your codes").waitFor();
  },
);

/** As it is with a code of a file that asks for a click. */
async function needsClick(databaseUrl: string, { impactState }: DemoWorld, code: string) {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  await database.query(`UPDATE "Code" SET "reach" = 'INVOLVED' WHERE "code" = $1`, [code]);
  await database.end();
  for (const one of impactState.accounts.flatMap(({ promoCodes }) => promoCodes)) {
    if (one.code === code) one.creditPolicy = "INVOLVED";
  }
}

/** As once impact.com has told it: of a partner who has no code. */
async function knowClick(databaseUrl: string, clickId: string): Promise<void> {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  await database.query(
    `INSERT INTO "ClickLookUp" ("shop", "clickId", "verdict", "partnerId", "partnerName", "lookedAt")
     SELECT "domain", $1, 'known', '99999', 'Codeless Travels', now() FROM "Shop"`,
    [clickId],
  );
  await database.end();
}

/** Finds the code that contradicts the rule on its page, and has it registered anew. */
async function registerAnew(app: EmbeddedApp, { impactState }: DemoWorld): Promise<void> {
  const { page, inApp, open } = app;
  await open("/app/rules");
  await inApp.getByText("Codes that need a click at impact.com").waitFor();
  await inApp.getByText("Code and click share the order").first().click();
  await inApp.getByText(/tracks no clicks .* In this shop: Bergwelten Podcast\./).waitFor();
  await expectNoOverflow(app);
  const shots = process.env["RULE_SHOTS"];
  if (shots) await page.screenshot({ path: `${shots}/rules.png` });
  await inApp.getByRole("link", { name: "Register all anew" }).click();
  await inApp.getByText("1 registration is ended, and 1 code registered anew").first().waitFor();
  await expectNoOverflow(app);
  if (shots) await page.screenshot({ path: `${shots}/anew.png` });
  await inApp.getByRole("button", { name: "Register anew 1 code" }).click();
  await inApp.getByRole("dialog").getByRole("button", { name: "Register anew 1 code" }).click();
  await inApp.getByText("1 of 1").waitFor();
  const [account] = impactState.accounts;
  const policies = account?.promoCodes.map(({ code, creditPolicy }) => [code, creditPolicy]);
  expect(policies).toContainEqual(["ANNA15", "ALWAYS"]);
}

/** A mug each, with these codes and one partner's click before it. */
function buyAfterClick({ shopifyState, shop, webhooks }: DemoWorld, ordersCodes: string[][]): void {
  const variantId = shop.products.flatMap(({ variants }) => variants)[0]?.id ?? "";
  for (const codes of ordersCodes) {
    const order = placeOrder(shopifyState, shop, {
      lines: [{ variantId, quantity: 1 }],
      customer: { email: "kim@example.com" },
      cartAttributes: { irclickid: "click-1" },
      codes,
    });
    void announce(webhooks, shop, placedWebhooks(order));
  }
}

test(
  "a merchant tries a rule on the last orders, sees who would win and lose, and puts it in force",
  { timeout: 300_000 },
  async () => {
    const { app, world, databaseUrl } = await merchantAt("desktop");
    const { page, inApp, open } = app;
    await makeTwoCodes(app);
    await needsClick(databaseUrl, world, "ANNA15");
    await registerAnew(app, world);
    await knowClick(databaseUrl, "click-1");
    buyAfterClick(world, [["ANNA15"], ["ANNA15"], ["BERGWELTEN15"]]);
    await expect
      .poll(
        async () => {
          await open("/app/orders");
          return inApp.getByRole("row").count();
        },
        { timeout: 120_000, interval: 1_000 },
      )
      .toBe(4);

    await open("/app/rules");
    await inApp.getByRole("link", { name: "Try another rule" }).click();
    await inApp.getByText("Orders to try it on").waitFor();
    await inApp.getByText("Code and click share the order").click();
    const period = inApp.getByLabel("Days back from now");
    expect(await period.inputValue()).toBe("30");
    await inApp.getByRole("button", { name: "The last 7 days" }).click();
    expect(await period.inputValue()).toBe("7");
    await period.fill("45");
    await inApp.getByRole("button", { name: "See what would change" }).click();
    await inApp.getByText("Of 3 orders with a code or a click in the last 45 days").waitFor();
    const picture = inApp.getByRole("img", { name: /would go to somebody else/ });
    await picture.scrollIntoViewIfNeeded();
    const shots = process.env["RULE_SHOTS"];
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      await expectNoOverflow(app);
      // Its words are drawn about as large as those around it.
      const scale = () => picture.evaluate((svg: SVGSVGElement) => svg.getScreenCTM()?.a);
      await expect.poll(scale).toBeGreaterThan(0.85);
      if (shots) await page.screenshot({ path: `${shots}/try-${size}.png`, fullPage: true });
    }
    const anna = inApp.getByRole("row", { name: /Anna Lindqvist/ }).first();
    expect(await anna.innerText()).toMatch(/−/);
    // Only what was tried can be put in force.
    await inApp.getByLabel("The code's share in %").fill("60");
    await inApp.getByText("You have changed the form below since").waitFor();
    const useIt = inApp.getByRole("button", { name: "Use this rule from now on" });
    expect(await useIt.isDisabled()).toBe(true);
    await inApp.getByLabel("The code's share in %").fill("50");
    await useIt.click();
    const change = inApp.getByRole("dialog").getByRole("button", { name: "Change the rule" });
    await pressAndSee(change, page.getByText("The rule is in force from now on"));
    await expect.poll(() => inApp.getByLabel("The code's share in %").inputValue()).toBe("50");
    // By it clicks earn, which those of partners with ALWAYS codes don't.
    const silenced = inApp.getByRole("table", { name: "Partners whose clicks win nothing" });
    await silenced.getByRole("link", { name: "Show the codes of Bergwelten Podcast" }).waitFor();
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      await silenced.scrollIntoViewIfNeeded();
      await expectNoOverflow(app);
      if (shots) await page.screenshot({ path: `${shots}/silenced-${size}.png` });
    }
  },
);
