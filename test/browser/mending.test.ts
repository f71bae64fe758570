import { expect, test } from "vitest";
import { seedStore } from "#test/sandbox/demo/seed-store.ts";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import type { StoredOrder } from "#test/sandbox/shopify/state.ts";
import type { EmbeddedApp } from "./embedded-app.ts";
import { merchantAt } from "./merchant-at.ts";
import { choosePartners, pressAndSee } from "./merchant-steps.ts";

/** The seeded order on which that code was typed. */
function orderWith({ shop }: DemoWorld, code: string): StoredOrder {
  const order = shop.orders.find(({ payload }) => JSON.stringify(payload).includes(`"${code}"`));
  if (!order) throw new Error(`nobody has bought with ${code}`);
  return order;
}

/** Its page says in the end that impact.com has credited that partner. */
async function expectCredited({ inApp, open }: EmbeddedApp, orderId: string, partner: string) {
  const isCredited = async () => {
    await open(`/app/orders/${orderId}`);
    const [credited, named] = [
      inApp.getByText("Credited at impact.com"),
      inApp.getByText(partner).first(),
    ];
    return (await credited.count()) > 0 && (await named.count()) > 0;
  };
  await expect.poll(isCredited, { timeout: 120_000, interval: 1_000 }).toBe(true);
}

test(
  "a merchant checks the ledger, tries a failed order again, and gives a past order its partner",
  { timeout: 600_000 },
  async () => {
    const { app, world } = await merchantAt("desktop");
    const { page, inApp, open } = app;
    await seedStore(world);
    const failed = orderWith(world, "CHIDI15");
    const unassigned = orderWith(world, "WELCOME5");

    await open("/app/ledger");
    await inApp.getByRole("button", { name: "Check now" }).click();
    await inApp.getByText("Finished").first().waitFor();
    await inApp
      .getByText(/accounted for/)
      .first()
      .waitFor();

    const isTold = async () => {
      await open("/app");
      return (await inApp.getByText("1 problem needs you.").count()) > 0;
    };
    await expect.poll(isTold, { timeout: 120_000, interval: 1_000 }).toBe(true);
    await inApp.getByRole("link", { name: "See problems" }).click();
    await inApp.getByRole("heading", { name: "impact.com credited nobody" }).waitFor();
    for (const { contracts } of world.impactState.accounts) {
      for (const contract of contracts) contract.endsAt = null;
    }
    const again = inApp.getByRole("button", { name: `Try order ${failed.name} again` });
    await pressAndSee(again, page.getByText("Trying it again"));
    await expectCredited(app, failed.id, "Chidi Outdoors");
    expect(whoWasPaid(world.impactState, failed.id)).toMatchObject({ partnerId: "10003" });
    await page.locator("#app-nav").getByRole("link", { name: "Problems" }).click();
    await inApp.getByText("Nothing needs you").waitFor();

    await open("/app/codes");
    await inApp.getByRole("link", { name: "Assign code WELCOME5" }).click();
    await choosePartners(inApp, ["Anna Lindqvist"]);
    await inApp.getByText("Partner: Anna Lindqvist").waitFor();
    await inApp.getByRole("button", { name: "Show what changes" }).click();
    const assign = inApp.getByRole("button", { name: "Assign and report 1" });
    await pressAndSee(assign, page.getByText("WELCOME5 is assigned."));
    await expectCredited(app, unassigned.id, "Anna Lindqvist");
    expect(whoWasPaid(world.impactState, unassigned.id)).toMatchObject({
      partnerId: "10001",
      code: "WELCOME5",
    });
    expect(world.impact.requests.flatMap((request) => request.violations)).toEqual([]);
  },
);
