import { expect, test } from "vitest";
import { addShop } from "#test/sandbox/shopify/create-state.ts";
import { adminRequest, callRoute, loadApp } from "#test/support/app.ts";
import { deliver, webhookFor } from "#test/support/shopper.ts";
import { createWorld } from "#test/support/world.ts";

const OTHER_SHOP = "other-house.myshopify.com";
const ORDER_ID = "9007199254740993";
const DEFAULTS = { reportWhen: "created", amountBasis: "net" };

interface SettingsPage {
  reporting: { chosen: object; example: string; amountBasis: { helpText: string }[] };
  privacy: { id: string; asked: string; receivedAt: string; hasExport: boolean }[];
}

/** The settings page of two shops, as a merchant of each asks for it. */
async function settingsPages() {
  const world = await createWorld({ startsAt: new Date() });
  addShop(world.shopifyState, {
    domain: OTHER_SHOP,
    name: "Other House",
    currency: "JPY",
    ianaTimezone: "Asia/Tokyo",
    plan: "standard",
    products: [],
  });
  await loadApp(world);
  const { loader, action } = await import("#app/routes/app.settings.tsx");
  const exportRoute = await import("#app/routes/app.settings_.export.$recordId.tsx");
  const open = async (shop: string) => {
    const answer = await callRoute(loader, adminRequest(world, shop, "/app/settings"));
    return (await answer.json()) as SettingsPage;
  };
  // As a page that was opened a moment ago sends it.
  const save = async (shop: string, form: Record<string, string>) => {
    const opened = JSON.stringify((await open(shop)).reporting.chosen);
    const sent = { opened, ...form };
    const answer = await callRoute(action, adminRequest(world, shop, "/app/settings", sent));
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  const download = (shop: string, recordId: string, format: string) =>
    callRoute(exportRoute.loader, adminRequest(world, shop, `/x?format=${format}`), { recordId });
  return { world, open, save, download };
}

test("what a merchant chooses is saved for that shop alone, and what can't be chosen is refused", async () => {
  const { world, open, save, download } = await settingsPages();
  const shop = world.domain;
  expect(await open(shop)).toMatchObject({ reporting: { chosen: DEFAULTS }, privacy: [] });

  const chosen = { reportWhen: "paid", amountBasis: "gross" };
  expect(await save(shop, chosen)).toEqual({ status: 200, body: { done: "Settings saved" } });
  expect(await open(shop)).toMatchObject({ reporting: { chosen } });

  // Each wrong field has its sentence, and nothing of the form is saved.
  expect(await save(shop, { reportWhen: "never", amountBasis: "net" })).toEqual({
    status: 422,
    body: {
      ...{ sent: { reportWhen: "never", amountBasis: "net" }, message: null, opened: chosen },
      problems: [{ field: "reportWhen", message: "Choose when an order is reported." }],
    },
  });
  expect(await save(shop, { amountBasis: "__proto__" })).toMatchObject({
    status: 422,
    body: { problems: [{ field: "reportWhen" }, { field: "amountBasis" }] },
  });
  expect(await open(shop)).toMatchObject({ reporting: { chosen } });

  // The other shop has its own choice, and its example in its own currency.
  const other = await open(OTHER_SHOP);
  expect(other.reporting.chosen).toEqual(DEFAULTS);
  expect(other.reporting.example).toContain("¥100");
  expect(other.reporting.amountBasis.map(({ helpText }) => /¥\d+/.exec(helpText)?.[0])).toEqual([
    "¥90",
    "¥108",
    "¥100",
  ]);

  // A privacy request is listed, and can be downloaded, by the shop it came to and by nobody else.
  const body = `{"customer":{"email":"kim@example.com"},"orders_requested":[${ORDER_ID}]}`;
  await deliver(world, webhookFor(world, body, { topic: "customers/data_request" }));
  await world.drain();
  const { privacy } = await open(shop);
  expect(privacy).toMatchObject([{ asked: "A customer asked for their data", hasExport: true }]);
  expect((await open(OTHER_SHOP)).privacy).toEqual([]);
  const recordId = privacy[0]?.id ?? "";
  const csv = await download(shop, recordId, "csv");
  expect(csv.status).toBe(200);
  expect(csv.headers.get("content-disposition")).toMatch(/^attachment; filename="[\w-]+\.csv"$/);
  expect(await csv.text()).toMatch(/^Order,Order ID,/);
  expect(await (await download(shop, recordId, "json")).json()).toEqual([]);
  expect((await download(OTHER_SHOP, recordId, "json")).status).toBe(404);
});
