import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { runView } from "#app/components/ledger/run-view.server.ts";
import { startReconciliation } from "#app/core/ledger/start-reconciliation.ts";
import { assignCode } from "#app/core/codes/assign-code.ts";
import type { DiscountCode, OrderId, PartnerId } from "#app/core/ids.ts";
import { disconnectImpact } from "#app/core/program/connect-impact.ts";
import { saveRuleNow } from "#test/core/given/just-opened.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { rowsOfShop } from "#test/core/given/rows-of-shop.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const DAY_MS = 86_400_000;

async function compare(world: World) {
  const { ports, domain: shop, clock } = world;
  clock.pass(1_000);
  await startReconciliation(ports, { shop, kind: "actions" });
  await world.drain();
  return differencesOf(world);
}

async function differencesOf({ ports, domain }: World) {
  const found = await ports.store.differences.list(domain, { limit: 50 });
  return found.map(({ kind, impactOrderId }) => [kind, impactOrderId]);
}

async function newestRun({ ports, domain }: World) {
  const [run] = await ports.store.reconciliations.list(domain, { kind: "actions", limit: 1 });
  return run;
}

/** A reported order that impact.com has credited days ago. */
async function credited(world: World, code = "ANNA10"): Promise<OrderId> {
  const orderId = await buyAndDeliver(world, { codes: [code] });
  world.clock.pass(2 * DAY_MS);
  return orderId;
}

function actionOf({ account }: World, orderId: string) {
  const action = account.actions.find((one) => one.orderId === orderId);
  if (!action) throw new Error(`no action for ${orderId}`);
  return action;
}

test("where both tell the same nothing differs, over every window of 45 days", async () => {
  const world = await worldWithCodes();
  await credited(world);
  await credited(world, "BEN10");
  expect(await compare(world)).toEqual([]);
  expect(await newestRun(world)).toMatchObject({ state: "finished", listed: 2, found: 0 });
});

test("of a program with more actions than one list may hold shorter and shorter windows are read", async () => {
  const world = await worldWithCodes();
  const orderId = await credited(world);
  const ours = actionOf(world, orderId);
  const another = (i: number, agoMs: number) => {
    const eventDate = new Date(ours.eventDate.getTime() - agoMs);
    const names = { id: `1000.4000.9${i}`, orderId: `other-${i}` };
    world.account.actions.push({ ...structuredClone(ours), ...names, eventDate });
  };
  // One query may come to ten of them.
  world.impactState.rules.actionsPerPage = 1;
  for (let i = 0; i < 14; i += 1) another(i, i * DAY_MS);
  ours.partnerId = "10002";
  expect(await compare(world)).toContainEqual(["other-partner", orderId]);
  expect(await newestRun(world)).toMatchObject({ state: "finished", listed: 15 });
  for (let i = 14; i < 25; i += 1) another(i, 0);
  await compare(world);
  const problem = expect.stringContaining("Too many records") as string;
  expect(await newestRun(world)).toMatchObject({ state: "failed", problem });
});

test("an action that is gone there is missing there, once the lists have had a day", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  world.account.actions.splice(0);
  expect(await compare(world)).toEqual([]);
  world.clock.pass(2 * DAY_MS);
  expect(await compare(world)).toEqual([["missing-there", orderId]]);
});

test("an action that somebody gave another partner is found", async () => {
  const world = await worldWithCodes();
  const orderId = await credited(world);
  actionOf(world, orderId).partnerId = "10002";
  expect(await compare(world)).toEqual([["other-partner", orderId]]);
  const [difference] = await world.ports.store.differences.list(world.domain, { limit: 1 });
  expect(difference).toMatchObject({ ourPartnerId: "10001", theirPartnerId: "10002", orderId });
});

test("an action whose amount somebody changed is found with both amounts", async () => {
  const world = await worldWithCodes();
  const orderId = await credited(world);
  const [item] = actionOf(world, orderId).items;
  if (!item) throw new Error("no item");
  item.amountMinor -= 100;
  expect(await compare(world)).toEqual([["other-amount", orderId]]);
  const [difference] = await world.ports.store.differences.list(world.domain, { limit: 1 });
  expect((difference?.oursMinor ?? 0) - (difference?.theirsMinor ?? 0)).toBe(100);
  // Runs that look at that day no more say nothing of it.
  world.clock.pass(92 * DAY_MS);
  expect(await compare(world)).toEqual([["other-amount", orderId]]);
});

test("actions that impact.com lists in another currency are told as not compared by amount", async () => {
  const world = await worldWithCodes();
  const orderId = await credited(world);
  await credited(world, "BEN10");
  await world.prisma.conversion.updateMany({ where: { orderId }, data: { currency: "EUR" } });
  expect(await compare(world)).toEqual([]);
  const run = await newestRun(world);
  expect(run).toMatchObject({ state: "finished", listed: 2, found: 0, otherCurrency: 1 });
  if (!run) throw new Error("no run");
  expect(runView(run, { timeZone: "UTC" }).otherCurrency).toMatch(/^1 action .*another currency/);
});

test("an action that somebody reversed there is found", async () => {
  const world = await worldWithCodes();
  const orderId = await credited(world);
  actionOf(world, orderId).reversed = true;
  expect(await compare(world)).toEqual([["reversed-there", orderId]]);
});

test("an action that another app reported with our code is unknown here: paid twice", async () => {
  const world = await worldWithCodes();
  const orderId = await credited(world);
  const ours = actionOf(world, orderId);
  world.account.actions.push({ ...structuredClone(ours), id: "1000.4000.77", orderId: "#1001" });
  expect(await compare(world)).toEqual([["unknown-here", "#1001"]]);
});

test("what the rule leaves to impact.com's tag is no difference where it is credited there, but known to be; what the rule has reported is one", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, account, clock } = world;
  const like = actionOf(world, await credited(world));
  const byTag = (orderId: OrderId) => {
    account.actions.push({ ...structuredClone(like), id: `1000.4000.${orderId}`, orderId });
  };
  const byClick = await buyAndDeliver(world, { cartAttributes: { irclickid: "Bens" } });
  // Its visitor declined to be followed by us, and impact.com's tag has met them by its own ways.
  const unseen = await buyAndDeliver(world);
  for (const orderId of [byClick, unseen]) byTag(orderId);
  expect(await compare(world)).toEqual([]);
  const [noted] = await ports.store.credited.list(shop, byClick);
  expect(noted).toMatchObject({ partnerId: "10001" });
  const meeting = { meeting: "code-wins", days: "", codePercent: "", clickPercent: "" };
  const several = { several: "first-entered", discounts: [], clickAlone: "report" };
  await saveRuleNow(ports, { shop, ...meeting, ...several });
  clock.pass(1_000);
  const reportedElsewhere = await buyAndDeliver(world);
  byTag(reportedElsewhere);
  expect(await compare(world)).toEqual([["unknown-here", reportedElsewhere]]);
});

test("a difference that is no longer seen is gone, and one that stays keeps its date", async () => {
  const world = await worldWithCodes();
  const first = await credited(world);
  const second = await credited(world, "BEN10");
  actionOf(world, first).partnerId = "10002";
  actionOf(world, second).reversed = true;
  await compare(world);
  const foundAt = world.clock.now();
  actionOf(world, second).reversed = false;
  world.clock.pass(DAY_MS);
  expect(await compare(world)).toEqual([["other-partner", first]]);
  const [difference] = await world.ports.store.differences.list(world.domain, { limit: 1 });
  expect(difference?.foundAt.getTime()).toBeLessThanOrEqual(foundAt.getTime());
});

test("a page that failed is asked for again, and the run ends with the same result", async () => {
  const world = await worldWithCodes();
  const orderId = await credited(world);
  actionOf(world, orderId).reversed = true;
  world.impact.faults.failNext(1, 503, ({ path }) => path.endsWith("/Actions"));
  expect(await compare(world)).toEqual([["reversed-there", orderId]]);
  expect(await newestRun(world)).toMatchObject({ state: "finished", problem: null, found: 1 });
});

test("a token that may not read actions ends the run with what to do", async () => {
  const world = await worldWithCodes();
  for (const token of world.account.tokens) token.scopes = ["Retrieve campaigns/campaign"];
  await compare(world);
  expect(await newestRun(world)).toMatchObject({
    state: "failed",
    problem: expect.stringMatching(/./) as string,
  });
});

test("another shop's actions in the same program are not this shop's differences", async () => {
  const world = await worldWithCodes();
  const second = await withSecondShop(world);
  world.clock.pass(2 * DAY_MS);
  expect(await compare(world)).toEqual([]);
  expect(await compare(second)).toEqual([]);
  for (const action of world.account.actions) action.reversed = true;
  expect(await compare(world)).toEqual([]);
  expect(await compare(second)).toHaveLength(1);
});

test("an order that failed here and is paid there is found", async () => {
  const world = await worldWithCodes();
  const orderId = await credited(world);
  await world.prisma.conversion.updateMany({ data: { state: "failed" } });
  expect(await compare(world)).toEqual([["failed-here", orderId]]);
  expect(await newestRun(world)).toMatchObject({ found: 1 });
});

test("an order with two live actions is found, and gone once one is reversed", async () => {
  const world = await worldWithCodes();
  const orderId = await credited(world);
  const twin = { ...actionOf(world, orderId), id: "1000.4000.999" };
  world.account.actions.push(twin);
  expect(await compare(world)).toEqual([["paid-twice", orderId]]);
  twin.reversed = true;
  expect(await compare(world)).toEqual([]);
});

test("a conversion from before holdings were written down holds what was sent", async () => {
  const world = await worldWithCodes();
  const orderId = await credited(world);
  await world.prisma.$executeRaw`UPDATE "Conversion" SET "held" = '[]'`;
  expect(await compare(world)).toEqual([]);
  const gone = world.account.actions.splice(0);
  expect(gone.length).toBe(1);
  expect(await compare(world)).toEqual([["missing-there", orderId]]);
  const [difference] = await world.ports.store.differences.list(world.domain, { limit: 1 });
  expect(difference?.oursMinor).toBeGreaterThan(0);
});

/** Another shop with the same account, program and code, and an order of its own that is credited. */
async function withSameCode(world: World): Promise<World> {
  const other = await withSecondShop(world);
  const code = "ANNA10" as DiscountCode;
  makeInShopify(other, code, "Same");
  await other.drain();
  const partnerId = "10001" as PartnerId;
  const given = { shop: other.domain, code, partnerId, since: new Date(0) };
  expect(await assignCode(other.ports, given)).toMatchObject({ ok: true });
  await other.drain();
  await buyAndDeliver(other, { codes: [code] });
  world.clock.pass(2 * DAY_MS);
  return other;
}

test("two shops with one account, program and code see their own orders' actions only", async () => {
  const world = await worldWithCodes();
  const other = await withSameCode(world);
  expect(await compare(world)).toEqual([]);
  expect(await compare(other)).toEqual([]);
});

test("a shop that shared the program and left still has its actions to itself", async () => {
  const world = await worldWithCodes();
  const other = await withSameCode(world);
  const action = world.account.actions.at(-1);
  if (!action) throw new Error("no action");
  // An order of the other shop's that somebody else reported.
  world.account.actions.push({ ...structuredClone(action), id: "1000.4000.77", orderId: "#1001" });
  await disconnectImpact(other.ports, other.domain);
  expect(await compare(world)).toEqual([]);
});

test("of an erased shop its orders stay out of other shops' differences, and nothing names it", async () => {
  const world = await worldWithCodes();
  const other = await withSameCode(world);
  await other.ports.store.shops.erase(other.domain, { but: randomUUID() });
  expect(await compare(world)).toEqual([]);
  const rows = await rowsOfShop(world, other.domain);
  expect(Object.keys(rows).filter((table) => rows[table] !== 0)).toEqual([]);
});

test("a shop that connects after another has left is not shown the other's orders", async () => {
  const world = await worldWithCodes();
  const other = await withSameCode(world);
  for (const { ports, domain } of [world, other]) await disconnectImpact(ports, domain);
  await setUpProgram(world);
  await world.drain();
  expect(await compare(world)).toEqual([]);
});
