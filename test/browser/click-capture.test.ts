import { randomUUID } from "node:crypto";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import type { DemoMerchant } from "#test/sandbox/demo/demo-merchant.ts";
import { PROGRAM, type DemoWorld } from "#test/sandbox/demo/demo-world.ts";
import { setUpShop } from "#test/sandbox/demo/set-up-shop.ts";
import { totalOf } from "#test/sandbox/impact/actions/total-of.ts";
import { addClick } from "#test/sandbox/impact/create-state.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import type { EmbeddedApp } from "./embedded-app.ts";
import { merchantAt } from "./merchant-at.ts";
import { expectNoOverflow } from "./merchant-steps.ts";
import {
  landingAt,
  openVisitors,
  tracesOf,
  visitAndBuy,
  type Visit,
  type Visitors,
} from "./storefront-visitor.ts";

const ANNA = "10001";
const BERGWELTEN = "10002";
/** Of the $129.00 that everybody buys, the code takes $12.90. */
const CODE = "BERG10";

/** Turns both parts on from Home, as a merchant who has just chosen a program does. */
async function turnOn({ inApp, page, open }: EmbeddedApp, { shop }: DemoWorld): Promise<void> {
  await open("/app");
  await inApp.getByRole("button", { name: "Turn on at the checkout" }).click();
  await expect.poll(() => shop.webPixel !== null).toBe(true);
  await inApp.getByRole("link", { name: "Turn on in the theme editor" }).click();
  await page.getByRole("link", { name: "Save" }).click();
  await page.getByText("Partner click capture is on").waitFor();
  await open("/app");
  await expect.poll(() => inApp.getByText("On", { exact: true }).count()).toBe(2);
}

type Chosen = Partial<Record<"meeting" | "days" | "codePercent" | "clickPercent", string>>;

/** Changes the rule on its page; whoever buys from then on is judged by it. */
async function changeRule(merchant: DemoMerchant, chosen: Chosen): Promise<void> {
  const page = { path: "/app/rules", route: "routes/app.rules" };
  const { opened } = await merchant.waitFor(page, z.object({ opened: z.string() }));
  const rule = { intent: "rule", opened, several: "first-entered", clickAlone: "leave", ...chosen };
  await merchant.submit(page, Object.entries(rule));
  // Shopify tells an order's time to the second: one of this second is judged by the rule before.
  const intoSecond = Date.now() % 1_000;
  await new Promise((resolve) => setTimeout(resolve, 1_000 - intoSecond));
}

type Paid = [partnerId: string, because: string, amountMinor: number];
type Buys = Partial<Pick<Visit, "daysAgo" | "answer">>;

interface Bought extends Omit<Visit, "code"> {
  orderId: string;
  /** Where the visitor's browser kept the click, and whom it told. */
  traces: string[];
}

/** Anna's partner link leads a visitor to the shop, who buys with Bergwelten's code. */
async function buy(
  visitors: Visitors,
  world: DemoWorld,
  visit: Omit<Visit, "clickId" | "code">,
): Promise<Bought> {
  const clickId = `Click-${randomUUID()}`;
  const at = landingAt(visit);
  for (const account of world.impactState.accounts) {
    addClick(account, { id: clickId, partnerId: ANNA, programId: PROGRAM.programId, at });
  }
  const orderId = await visitAndBuy(visitors, world, { ...visit, clickId, code: CODE });
  return { ...visit, clickId, orderId, traces: await tracesOf(visitors, clickId) };
}

function paidFor({ impactState }: DemoWorld, { orderId }: Bought): Paid[] {
  return actionsOf(impactState)
    .filter((action) => action.orderId.startsWith(orderId))
    .map(({ partnerId, because, items }): Paid => [partnerId, because, totalOf(items).amountMinor])
    .toSorted();
}

/** The tables that hold a text in any of their rows, the queue's included. */
async function tablesWith(database: pg.Client, text: string): Promise<string[]> {
  const { rows: tables } = await database.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_schema IN ('public', 'pgboss') AND table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const query = `SELECT FROM ${name} one WHERE strpos(one::text, $1) > 0 LIMIT 1`;
    if ((await database.query(query, [text])).rowCount) found.push(name);
  }
  return found;
}

const BY_CODE: Paid[] = [[BERGWELTEN, "promo code", 11_610]];
const BY_CLICK: Paid[] = [[ANNA, "click", 11_610]];
const SHARED: Paid[] = [
  [ANNA, "click", 3_483],
  [BERGWELTEN, "promo code", 8_127],
];

/** Each rule, who buys under it, and whom impact.com must have credited in the end. */
const RULES: { rule: Chosen; buyers: [Buys, Paid[]][] }[] = [
  // An order without a click waits a minute for its checkout's pixel: meanwhile the others buy.
  {
    rule: { meeting: "code-without-click" },
    buyers: [
      [{ answer: "Decline" }, BY_CODE],
      [{}, BY_CLICK],
    ],
  },
  { rule: { meeting: "code-wins" }, buyers: [[{}, BY_CODE]] },
  {
    rule: { meeting: "newer-click-wins", days: "7" },
    buyers: [
      [{}, BY_CLICK],
      [{ daysAgo: 10 }, BY_CODE],
    ],
  },
  { rule: { meeting: "split", codePercent: "70", clickPercent: "30" }, buyers: [[{}, SHARED]] },
];

/** By what a click of who accepts is told, and where it is then. */
const TOLD = {
  cart: { traces: ["cookies", "/cart/update.js"], table: 'public."Order"' },
  "buy-now": { traces: ["cookies", "/clicks"], table: 'public."Click"' },
};

test("each rule has impact.com credit exactly whom it says, by cart and by buy-now, and of who declines nothing is kept", async () => {
  const { app, world, databaseUrl } = await merchantAt("phone", { needConsent: true });
  const codes: [string, string][] = [[BERGWELTEN, CODE]];
  const discount = { title: "Podcast codes", percentage: "10", codes };
  const { merchant } = await setUpShop(world, world.shop, discount, () => undefined);
  await turnOn(app, world);
  await expectNoOverflow(app);

  // The orders come together at the end, when their checkouts' pixels have told what they know.
  world.webhooks.reorder(true);
  const bought: { order: Bought; paid: Paid[] }[] = [];
  const browsers = await visitorsIn(app);
  for (const { rule, buyers } of RULES) {
    await changeRule(merchant, rule);
    const buyAll = async ([way, visitors]: (typeof browsers)[number]) => {
      for (const [buys, paid] of buyers) {
        const visit = { way, daysAgo: 0, answer: "Accept" as const, ...buys };
        bought.push({ order: await buy(visitors, world, visit), paid });
      }
    };
    await Promise.all(browsers.map(buyAll));
  }
  await world.webhooks.idle();

  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  onTestFinished(() => database.end());
  await expect.poll(() => standingsIn(database), { timeout: 180_000 }).toEqual([CREDITED]);
  for (const { order, paid } of bought) {
    const { way, answer, clickId, traces } = order;
    expect({ ...order, paid: paidFor(world, order) }).toEqual({ ...order, paid });
    const isOnCart = attributesOf(world, order).includes(clickId);
    expect(isOnCart).toBe(way === "cart" && answer === "Accept");
    const tables = await tablesWith(database, clickId);
    if (answer === "Accept") expect(tables).toContain(TOLD[way].table);
    else expect(tables).toEqual([]);
    expect(traces).toEqual(answer === "Accept" ? TOLD[way].traces : []);
  }

  const byClick = bought.filter(({ order }) => order.answer === "Accept");
  for (const { order } of byClick.slice(0, 2)) {
    await app.open(`/app/orders/${order.orderId}`);
    await app.inApp.getByText(order.clickId).first().waitFor();
  }
  await expectNoOverflow(app);
});

async function visitorsIn({ page }: EmbeddedApp): Promise<[Visit["way"], Visitors][]> {
  const browser = page.context().browser();
  if (!browser) throw new Error("The browser is closed.");
  return [
    ["cart", await openVisitors(browser)],
    ["buy-now", await openVisitors(browser)],
  ];
}

const CREDITED = { state: "reported", reason: "credited" };

async function standingsIn(database: pg.Client): Promise<unknown[]> {
  const { rows } = await database.query<typeof CREDITED>(
    `SELECT DISTINCT "state", "reason" FROM "Order"`,
  );
  return rows;
}

function attributesOf({ shop }: DemoWorld, { orderId }: Bought): string {
  const order = shop.orders.find(({ id }) => id === orderId);
  return JSON.stringify(order?.payload["note_attributes"]);
}
