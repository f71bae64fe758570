import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { DEFAULT_REPORT_SETTINGS } from "#app/core/shops/report-settings.ts";
import { saveReportSettings } from "#app/core/shops/save-report-settings.ts";
import { saveReportSettingsNow } from "#test/core/given/just-opened.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { conversionOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { createWorld, type World } from "#test/support/world.ts";

function choose({ ports, domain: shop }: World, reportWhen: string, amountBasis = "net") {
  return saveReportSettingsNow(ports, { shop, reportWhen, amountBasis });
}

function settingsOf({ ports, domain }: World) {
  return ports.store.shops.reportSettings(domain);
}

/** An order somebody earned, before its customer has paid. */
async function buyUnpaid(world: World) {
  const order = buy(world, { codes: ["ANNA10"], financialStatus: "pending" });
  await deliver(world, webhookFor(world, order));
  await world.drain(A_MINUTE);
  return orderIdOf(order);
}

const A_MINUTE = 60_000;

test("a shop that has chosen nothing reports at once, after discounts and without tax", async () => {
  const world = await createWorld();
  expect(DEFAULT_REPORT_SETTINGS).toEqual({ reportWhen: "created", amountBasis: "net" });
  expect(await settingsOf(world)).toEqual(DEFAULT_REPORT_SETTINGS);
});

test("a choice holds for the shop that made it, and for no other", async () => {
  const world = await worldWithCodes();
  const other = await withSecondShop(world);
  expect(await choose(world, "paid", "gross")).toEqual({ ok: true });
  expect(await settingsOf(world)).toEqual({ reportWhen: "paid", amountBasis: "gross" });
  expect(await settingsOf(other)).toEqual(DEFAULT_REPORT_SETTINGS);
});

test("a choice outlives an uninstall, and is gone with the shop", async () => {
  const world = await worldWithCodes();
  const { ports, domain } = world;
  await choose(world, "paid", "gross");
  await ports.store.shops.uninstall(domain, world.clock.now());
  const details = {
    name: "Tea House",
    currency: "USD",
    timeZone: "America/New_York",
    host: "tea.example",
  };
  await ports.store.shops.save(domain, details, world.clock.now());
  expect(await settingsOf(world)).toMatchObject({ reportWhen: "paid" });
  await ports.store.shops.erase(domain, { but: randomUUID() });
  expect(await settingsOf(world)).toEqual(DEFAULT_REPORT_SETTINGS);
});

test("orders that waited to be paid are reported once that is no longer waited for", async () => {
  const world = await worldWithCodes();
  await choose(world, "paid");
  const orderId = await buyUnpaid(world);
  expect(await standingOf(world, orderId)).toMatchObject({ state: "waiting", reason: "not-paid" });
  await choose(world, "paid", "gross");
  expect(await world.drain(A_MINUTE)).toEqual([]);
  await choose(world, "created", "gross");
  await world.drain(A_MINUTE);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
});

test("the amount chosen holds for orders without a conversion, and changes none that has one", async () => {
  const world = await worldWithCodes();
  const before = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await choose(world, "created", "gross");
  const after = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await world.drain();
  expect(await conversionOf(world, before)).toMatchObject({
    amountMinor: 6_210,
    amountBasis: "net",
  });
  expect(await conversionOf(world, after)).toMatchObject({
    amountMinor: 6_900,
    amountBasis: "gross",
  });
});

test("settings changed after a form was opened are told and not taken back, unless it is saved again", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  const opened = await settingsOf(world);
  await choose(world, "paid", "net");
  const asked = { shop, reportWhen: "created", amountBasis: "gross" };
  const now = { reportWhen: "paid", amountBasis: "net" } as const;
  const refused = { ok: false, problems: [], changed: { fields: ["reportWhen"], now } };
  expect(await saveReportSettings(ports, { ...asked, opened })).toEqual(refused);
  expect(await saveReportSettings(ports, { ...asked, opened: {} })).toMatchObject({
    changed: { fields: ["reportWhen", "amountBasis"] },
  });
  expect(await settingsOf(world)).toEqual(now);
  expect(await saveReportSettings(ports, { ...asked, opened: now })).toEqual({ ok: true });
  expect(await settingsOf(world)).toEqual({ reportWhen: "created", amountBasis: "gross" });
  // The same once more, as after an answer that was lost.
  expect(await saveReportSettings(ports, { ...asked, opened: now })).toEqual({ ok: true });
});

test("of two forms of settings saved at once, the second is told what the first has changed", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  const opened = await settingsOf(world);
  const bases = ["gross", "net-with-tax"];
  const answers = await Promise.all(
    bases.map((amountBasis) =>
      saveReportSettings(ports, { shop, opened, reportWhen: "created", amountBasis }),
    ),
  );
  const now = await settingsOf(world);
  const saved = { ok: true };
  const told = { ok: false, problems: [], changed: { fields: ["amountBasis"], now } };
  expect(answers).toEqual(now.amountBasis === "gross" ? [saved, told] : [told, saved]);
});
