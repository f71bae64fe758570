import { expect, test } from "vitest";
import { addRedeemCode, deleteRedeemCodes } from "#test/sandbox/shopify/admin/redeem-codes.ts";
import { seedStore } from "#test/sandbox/demo/seed-store.ts";
import type { DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import type { EmbeddedApp } from "./embedded-app.ts";
import { merchantAt } from "./merchant-at.ts";
import { pressAndSee } from "./merchant-steps.ts";

const REMOVED = "BERGWELTEN15";
const MOVED = "ZOE15";
const ADDED = "FRIENDS-ONLY";
const ADDED_TOO = "STAFF-ONLY";

/** Behind the app's back: Shopify loses one code and gains two others, impact.com moves a third. */
function drift({ shop, shopifyState, impactState }: DemoWorld): void {
  const redeemCode = [...shop.codes.values()].find(({ code }) => code === REMOVED);
  const discount = shop.discounts.get(redeemCode?.discountId ?? "");
  if (!discount) throw new Error(`Shopify has no ${REMOVED}`);
  for (const code of [ADDED, ADDED_TOO]) addRedeemCode(shopifyState, shop, discount, code);
  deleteRedeemCodes(shop, ({ code }) => code === REMOVED);
  for (const registration of registrationsOf(impactState, MOVED)) registration.partnerId = "10001";
}

function registrationsOf({ accounts }: DemoWorld["impactState"], text: string) {
  return accounts.flatMap(({ promoCodes }) => promoCodes.filter(({ code }) => code === text));
}

const hasInShopify = ({ shop }: DemoWorld, text: string) =>
  [...shop.codes.values()].some(({ code }) => code === text);

/** Whoever impact.com pays for the code by now. */
function partnerAtImpact({ impactState }: DemoWorld, text: string): string[] {
  const now = new Date();
  const standing = registrationsOf(impactState, text).filter(
    ({ endsAt }) => endsAt === null || endsAt > now,
  );
  return standing.map(({ partnerId }) => partnerId);
}

async function checkNow({ inApp, open }: EmbeddedApp): Promise<void> {
  await open("/app/codes/differences");
  await inApp.getByRole("button", { name: "Check now" }).click();
  await inApp.getByText("Last compared").waitFor({ timeout: 120_000 });
}

test(
  "a merchant checks both sides, reads what differs, and repairs each by one click",
  { timeout: 600_000 },
  async () => {
    const { app, world } = await merchantAt("desktop");
    const { page, inApp, open } = app;
    await seedStore(world);
    drift(world);
    await checkNow(app);

    await open("/app");
    await inApp.getByRole("link", { name: "See differences" }).click();
    await inApp.getByText("Chidi Outdoors has no live contract with your program").waitFor();
    await inApp.getByText(`${MOVED} belongs to Zoë`).waitFor();

    const again = inApp.getByRole("button", { name: `Make again: ${REMOVED}` });
    await pressAndSee(again, page.getByText("Repaired").first());
    await expect.poll(() => hasInShopify(world, REMOVED), { timeout: 120_000 }).toBe(true);

    await inApp.getByText(`${ADDED} is removed from`).waitFor();
    await inApp.getByRole("button", { name: "Remove from Shopify, all of" }).click();
    const confirm = { name: "Remove from Shopify: all 2" };
    await inApp.getByRole("dialog").getByRole("button", confirm).click();
    // A job does it, and the page follows.
    for (const code of [ADDED, ADDED_TOO]) {
      await inApp.getByText(`${code} is removed from`).waitFor({ state: "detached" });
    }

    await inApp.getByRole("button", { name: `Register to our partner: ${MOVED}` }).click();
    await expect.poll(() => partnerAtImpact(world, MOVED), { timeout: 120_000 }).toEqual(["10005"]);

    for (const { contracts } of world.impactState.accounts) {
      for (const contract of contracts) contract.endsAt = null;
    }
    const isSame = async () => {
      await checkNow(app);
      return inApp.getByText("Both sides tell the same story").isVisible();
    };
    await expect.poll(isSame, { timeout: 120_000, interval: 2_000 }).toBe(true);
    expect(hasInShopify(world, ADDED)).toBe(false);
    expect(world.impact.requests.flatMap((request) => request.violations)).toEqual([]);
  },
);
