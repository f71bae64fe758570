import { expect, test } from "vitest";
import type { Attributable } from "#app/core/attribution/attribute-order.ts";
import type { Candidate } from "#app/core/attribution/attribution.ts";
import { FIRST_RULE, type ShopRule } from "#app/core/attribution/rule.ts";
import { FIRST_RULES } from "#app/core/attribution/rules-at.ts";
import { areClicksUntold } from "#app/core/clicks/are-clicks-untold.ts";
import { clickHoldEndsAt, outageHoldEndsAt, surelyThereAt } from "#app/core/clicks/click-hold.ts";
import { reportingEndsAt } from "#app/core/conversions/reporting-limit.ts";
import type { OrderId } from "#app/core/ids.ts";
import { startPartnerSync } from "#app/core/partners/sync-partners.ts";
import { disconnectImpact } from "#app/core/program/connect-impact.ts";
import { saveRuleNow } from "#test/core/given/just-opened.ts";
import { CLEO, clickOf, KNOWN } from "#test/core/attribution/rule-table.ts";
import { trackClicksOf } from "#test/core/given/shared-orders.ts";
import { standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { addClick, addContract } from "#test/sandbox/impact/create-state.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { payOrder } from "#test/sandbox/shopify/orders/change-order.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { runDue } from "#test/support/run-due.ts";
import { deliverAll } from "#test/support/shopify-staff.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import { PROGRAM_ID, type World } from "#test/support/world.ts";

const HOUR = 3_600_000;

/** A shop that shares an order between click and code, with a click of Anna's and one of Ben's. */
async function sharingWorld(): Promise<World> {
  const world = await worldWithCodes();
  const rule = { meeting: "split", days: "", codePercent: "70", clickPercent: "30" };
  const several = { several: "first-entered", discounts: [], clickAlone: "leave" };
  await saveRuleNow(world.ports, { shop: world.domain, ...rule, ...several });
  world.clock.pass(1_000);
  await trackClicksOf(world, "10002");
  const at = world.clock.now();
  for (const [id, partnerId] of [
    ["Annas-Click", "10001"],
    ["Bens-Click", "10002"],
  ] as const) {
    addClick(world.account, { id, partnerId, programId: PROGRAM_ID, at });
  }
  addClick(world.account, { id: "Elsewhere", partnerId: "10002", programId: "2000", at });
  world.clock.pass(1_000);
  return world;
}

/** Anna's code and this click on one order: who earns which share, and what became of the click. */
async function buyWith(world: World, clickId: string, { hoursOld = 2 } = {}) {
  const seenAt = new Date(world.clock.now().getTime() - hoursOld * 3_600_000);
  const orderId = await buyAndDeliver(world, {
    codes: ["ANNA10"],
    cartAttributes: { irclickid: clickId, irclickid_seen: seenAt.toISOString() },
  });
  const decided = await world.ports.store.orders.findAttribution(world.domain, orderId);
  const click = decided?.attribution.candidates.find(({ kind }) => kind === "click");
  const conversions = await world.ports.store.conversions.listForOrder(world.domain, orderId);
  return { click, earners: conversions.map(({ partnerId }) => partnerId).sort() };
}

test.each(["known, and pay nobody", "as all others", "not known"] as const)(
  "a click and a code of one partner are one credit, where to impact.com clicks under ALWAYS are %s",
  async (reading) => {
    const world = await sharingWorld();
    world.impactState.rules.alwaysPartnersClicks = reading;
    const { click, earners } = await buyWith(world, "Annas-Click");
    const told = { verdict: "same-partner", partner: { partnerId: "10001" } };
    const isTold = reading !== "not known";
    expect(click).toMatchObject(isTold ? told : { verdict: "unknown-there", partner: null });
    expect(earners).toEqual(["10001"]);
  },
);

test("another partner's click shares the order with the code, by its partner's name", async () => {
  const { click, earners } = await buyWith(await sharingWorld(), "Bens-Click");
  expect(click).toMatchObject({ verdict: "shares", partner: { name: "Ben Baker" } });
  expect(earners).toEqual(["10001", "10002"]);
});

test("a click that the program does not know takes nothing from the code", async () => {
  const world = await sharingWorld();
  for (const clickId of ["Nobodys-Click", "Elsewhere", ".."]) {
    const { click, earners } = await buyWith(world, clickId);
    expect(click).toMatchObject({ verdict: "unknown-there" });
    expect(earners).toEqual(["10001"]);
  }
});

/** Anna's code with a click of just now, by which the order is held. */
async function heldOrder(world: World, clickId: string) {
  const seenAt = world.clock.now().toISOString();
  const cartAttributes = { irclickid: clickId, irclickid_seen: seenAt };
  const order = buy(world, { codes: ["ANNA10"], cartAttributes });
  await deliver(world, webhookFor(world, order));
  await world.drain(0);
  return orderIdOf(order);
}

const paidOf = (world: World, orderId: OrderId) =>
  actionsOf(world.impactState)
    .filter((action) => action.orderId.startsWith(orderId))
    .map(({ partnerId }) => partnerId)
    .toSorted();

test("a click of just now that impact.com does not know yet holds the order, and is nobody's if none turns up within the hour", async () => {
  const world = await sharingWorld();
  const orderId = await heldOrder(world, "Brand-New");
  expect(await standingOf(world, orderId)).toMatchObject({
    ...{ state: "waiting", reason: "click-pending" },
    sentence: expect.stringMatching(
      /^It waits until it is known whether a click led to it/,
    ) as string,
  });
  await world.drain(50 * 60_000);
  expect(paidOf(world, orderId)).toEqual([]);
  await world.drain();
  expect(paidOf(world, orderId)).toEqual(["10001"]);
  const decided = await world.ports.store.orders.findAttribution(world.domain, orderId);
  expect(decided?.attribution.candidates.at(-1)).toMatchObject({ verdict: "unknown-there" });
});

test("a click that turns up at impact.com while its order is held has its part, as soon as it is known", async () => {
  const world = await sharingWorld();
  const orderId = await heldOrder(world, "Turns-Up");
  const at = world.clock.now();
  addClick(world.account, { id: "Turns-Up", partnerId: "10002", programId: PROGRAM_ID, at });
  await world.drain(15 * 60_000);
  expect(paidOf(world, orderId)).toEqual(["10001", "10002"]);
});

test("two orders of one click are both judged by what impact.com told when one of them asked", async () => {
  const world = await sharingWorld();
  const first = await heldOrder(world, "Shared-Click");
  const second = await heldOrder(world, "Shared-Click");
  const at = world.clock.now();
  addClick(world.account, { id: "Shared-Click", partnerId: "10002", programId: PROGRAM_ID, at });
  await world.drain(25 * 60_000);
  expect(paidOf(world, first)).toEqual(["10001", "10002"]);
  expect(paidOf(world, second)).toEqual(["10001", "10002"]);
});

test("a storefront's clock that is hours behind does not make a click of just now an old one", () => {
  const placedAt = new Date("2026-09-10T12:00:00Z");
  const hourLater = new Date("2026-09-10T13:00:00Z");
  const behind = new Date("2026-09-10T09:00:00Z");
  expect(surelyThereAt({ seenAt: behind }, placedAt)).toEqual(hourLater);
  expect(surelyThereAt({ seenAt: null }, placedAt)).toEqual(hourLater);
  const farBehind = new Date("2026-08-01T12:00:00Z");
  expect(surelyThereAt({ seenAt: farBehind }, placedAt)).toEqual(hourLater);
  const daysAgo = new Date("2026-09-05T12:00:00Z");
  expect(surelyThereAt({ seenAt: daysAgo }, placedAt) < placedAt).toBe(true);
});

const DAYS_BEHIND = 40;

test("a click that only a storefront's clock far behind makes too old is looked up first, and counts as new as impact.com says", async () => {
  const world = await sharingWorld();
  const hoursOld = DAYS_BEHIND * 24;
  const { click, earners } = await buyWith(world, "Bens-Click", { hoursOld });
  expect(click).toMatchObject({ verdict: "shares", partner: { name: "Ben Baker" } });
  expect(earners).toEqual(["10001", "10002"]);

  const at = new Date(world.clock.now().getTime() - hoursOld * HOUR);
  addClick(world.account, { id: "Old", partnerId: "10002", programId: PROGRAM_ID, at });
  const old = await buyWith(world, "Old", { hoursOld });
  expect(old.click).toMatchObject({ verdict: "too-old", partner: { name: "Ben Baker" } });
  expect(old.earners).toEqual(["10001"]);
});

test("where the token may not read clicks, a storefront's clock alone tells that a click is too old", async () => {
  const world = await sharingWorld();
  world.impact.faults.failNext(1, 403, ({ path }) => path.includes("/Clicks/"));
  const { click, earners } = await buyWith(world, "Bens-Click", { hoursOld: DAYS_BEHIND * 24 });
  expect(click).toMatchObject({ verdict: "too-old", partner: null });
  expect(earners).toEqual(["10001"]);
});

test("where no rule gives clicks anything, one that a storefront's clock makes too old is not asked about", async () => {
  const world = await worldWithCodes();
  const { click } = await buyWith(world, "Nobodys-Click", { hoursOld: DAYS_BEHIND * 24 });
  expect(click).toMatchObject({ verdict: "too-old" });
  expect(world.impact.requests.filter(({ path }) => path.includes("/Clicks/"))).toEqual([]);
});

test("nearest to the end of its reporting days an order is held until an hour before it", () => {
  const placedAt = new Date("2026-09-01T00:00:00Z");
  const click = { ...clickOf(CLEO, 0), partner: null, clickedAt: null, isOpen: true as const };
  const order = { placedAt, typedCodes: ["ANNA10"], tookMinor: null, clicks: [click] };
  const rule: ShopRule = { ...FIRST_RULE, meeting: { kind: "code-without-click" } };
  const rules = { shop: { scope: "shop" as const, rule, from: null }, overrides: [] };
  const given = { order, known: KNOWN, rules, mayHearPixel: false };
  const limit = reportingEndsAt(placedAt).getTime();
  const since = new Date(limit - 3_660_000);
  expect(clickHoldEndsAt({ ...given, since })).toEqual(new Date(limit - 3_600_000));
  expect(clickHoldEndsAt({ ...given, since: placedAt })).toEqual(
    new Date(placedAt.getTime() + 75 * 60_000),
  );
  const codeWins = { ...FIRST_RULES, overrides: [] };
  expect(clickHoldEndsAt({ ...given, rules: codeWins, since })).toBe(null);
});

test("where impact.com can't be asked, an order waits an hour more at a time, for three days, if the click may take from a code's partner", () => {
  const placedAt = new Date("2026-09-01T00:00:00Z");
  const click = { ...clickOf(CLEO, 0), partner: null, clickedAt: null, isOpen: true as const };
  const order = { placedAt, typedCodes: ["ANNA10"], tookMinor: null, clicks: [click] };
  const endsAt = (
    minutes: number,
    rule: Partial<ShopRule>,
    changes: Partial<Attributable> = {},
  ) => {
    const shop = { scope: "shop" as const, rule: { ...FIRST_RULE, ...rule }, from: null };
    const given = { known: KNOWN, rules: { shop, overrides: [] }, mayHearPixel: false };
    const now = new Date(placedAt.getTime() + minutes * 60_000);
    const holdable = { ...given, order: { ...order, ...changes }, since: placedAt };
    const end = outageHoldEndsAt(holdable, now);
    return end && (end.getTime() - placedAt.getTime()) / 60_000;
  };
  const clickWins = { meeting: { kind: "code-without-click" as const } };
  const split = { meeting: { kind: "split" as const, codePercent: 70, clickPercent: 30 } };
  expect(endsAt(75, clickWins)).toBe(135);
  expect(endsAt(75 + 72 * 60 - 1, clickWins)).toBe(75 + 72 * 60);
  expect(endsAt(75 + 72 * 60, clickWins)).toBe(null);
  expect(endsAt(75, split)).toBe(135);
  expect(endsAt(75, clickWins, { typedCodes: [] })).toBe(null);
  expect(endsAt(75, clickWins, { clicks: [clickOf(CLEO, 0)] })).toBe(null);
});

test("a click of a partner who had left the program before the order earns nothing, and is listed with that", async () => {
  const world = await sharingWorld();
  const { account, ports, domain: shop, clock } = world;
  for (const contract of account.contracts.filter(({ partnerId }) => partnerId === "10002")) {
    contract.state = "DECLINED";
  }
  await startPartnerSync(ports, shop);
  await world.drain();
  clock.pass(60_000);
  const { click, earners } = await buyWith(world, "Bens-Click");
  expect(click).toMatchObject({ verdict: "partner-removed", partner: { name: "Ben Baker" } });
  expect(earners).toEqual(["10001"]);
});

async function syncPartners(world: World): Promise<void> {
  await startPartnerSync(world.ports, world.domain);
  await world.drain();
}

/** Ben's contract ends in an hour. */
function endSoon({ account, clock }: World): void {
  for (const contract of account.contracts.filter(({ partnerId }) => partnerId === "10002")) {
    contract.endsAt = new Date(clock.now().getTime() + HOUR);
  }
}

/** Anna's code and Ben's click on an order that is placed now; what becomes of the click once it comes in. */
function placeNow(world: World): () => Promise<Candidate | undefined> {
  const order = buy(world, { codes: ["ANNA10"], cartAttributes: { irclickid: "Bens-Click" } });
  return async () => {
    await deliver(world, webhookFor(world, order));
    await world.drain();
    const decided = await world.ports.store.orders.findAttribution(world.domain, orderIdOf(order));
    return decided?.attribution.candidates.find(({ kind }) => kind === "click");
  };
}

test.each([
  ["active", true],
  ["active and expired", false],
] as const)(
  "a contract ended when impact.com says, not when a sync found out (it lists those that are %s)",
  async (listedContracts, isDatedBefore) => {
    const world = await sharingWorld();
    world.impactState.rules.listedContracts = listedContracts;
    endSoon(world);
    if (isDatedBefore) await syncPartners(world);
    world.clock.pass(2 * HOUR);
    const comesIn = placeNow(world);
    world.clock.pass(60_000);
    await syncPartners(world);
    expect(await comesIn()).toMatchObject({ verdict: "partner-removed" });
  },
);

test("a partner who comes back earns nothing of orders that were placed while they were gone, and all that come after", async () => {
  const world = await sharingWorld();
  endSoon(world);
  const before = placeNow(world);
  await syncPartners(world);
  world.clock.pass(2 * HOUR);
  const between = placeNow(world);
  world.clock.pass(60_000);
  const startsAt = world.clock.now();
  const terms = { programId: PROGRAM_ID, payoutPercent: 10, state: "ACTIVE" as const };
  addContract(world.account, "10002", { ...terms, startsAt });
  world.clock.pass(60_000);
  const after = placeNow(world);
  await syncPartners(world);
  await syncPartners(world);
  expect(await before()).toMatchObject({ verdict: "shares" });
  expect(await between()).toMatchObject({ verdict: "partner-removed" });
  expect(await after()).toMatchObject({ verdict: "shares" });
});

test("an order that waits to be paid is shown as impact.com has told of its click, and is sent so once it is paid", async () => {
  const world = await sharingWorld();
  const { ports, domain: shop } = world;
  await ports.store.shops.saveReportSettings(shop, { reportWhen: "paid", amountBasis: "net" });
  const order = buy(world, {
    ...{ codes: ["ANNA10"], financialStatus: "pending" },
    cartAttributes: { irclickid: "Annas-Click" },
  });
  await deliver(world, webhookFor(world, order));
  await runDue(world, "process-delivery");
  expect((await standingOf(world, orderIdOf(order)))?.sentence).toMatch(/^Anna Able earned it/);
  await world.drain(HOUR);
  expect(await standingOf(world, orderIdOf(order))).toEqual({
    ...{ state: "waiting", reason: "not-paid" },
    sentence: "Anna Able earned it with ANNA10. It waits until the customer has paid.",
  });
  world.clock.pass(1_000);
  await deliverAll(world, payOrder(world.shopifyState, world.shop, order));
  await world.drain(HOUR);
  expect(paidOf(world, orderIdOf(order))).toEqual(["10001"]);
});

test("of an order that waited for a connection, what is shown once there is one is what is sent", async () => {
  const world = await sharingWorld();
  const { ports, domain: shop } = world;
  await disconnectImpact(ports, shop);
  const orderId = await heldOrder(world, "Bens-Click");
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "not-connected" });
  await setUpProgram(world);
  await world.drain(HOUR);
  expect(paidOf(world, orderId)).toEqual(["10001", "10002"]);
  expect((await standingOf(world, orderId))?.sentence).toMatch(
    /^Anna Able \(70%\) and Ben Baker \(30%\) share it/,
  );
});

test("where the code wins all the same, the order tells what the look-up has said of the click", async () => {
  const { click } = await buyWith(await worldWithCodes(), "Nobodys-Click", { hoursOld: 30 });
  expect(click).toMatchObject({ verdict: "unknown-there" });
});

test("a click is looked up once, for however many orders", async () => {
  const world = await sharingWorld();
  await buyWith(world, "Bens-Click");
  await buyWith(world, "Bens-Click");
  const asked = world.impact.requests.filter(({ path }) => path.includes("/Clicks/"));
  expect(asked.length).toBe(1);
});

test("a click that impact.com did not know is asked for again with a later order, once an hour at most", async () => {
  const world = await sharingWorld();
  const asked = () => world.impact.requests.filter(({ path }) => path.includes("/Clicks/")).length;
  expect((await buyWith(world, "Late-Click", { hoursOld: 48 })).earners).toEqual(["10001"]);
  expect((await buyWith(world, "Late-Click", { hoursOld: 48 })).earners).toEqual(["10001"]);
  expect(asked()).toBe(1);
  world.clock.pass(2 * HOUR);
  expect((await buyWith(world, "Late-Click", { hoursOld: 50 })).earners).toEqual(["10001"]);
  expect(asked()).toBe(2);
  world.clock.pass(2 * HOUR);
  const at = new Date(world.clock.now().getTime() - 52 * HOUR);
  addClick(world.account, { id: "Late-Click", partnerId: "10002", programId: PROGRAM_ID, at });
  const { click, earners } = await buyWith(world, "Late-Click", { hoursOld: 52 });
  expect(click).toMatchObject({ verdict: "shares", partner: { name: "Ben Baker" } });
  expect(earners).toEqual(["10001", "10002"]);
});

test("where impact.com does not tell, the code earns the order, which says so, and asking ends", async () => {
  const world = await sharingWorld();
  world.impact.faults.failNext(99, 503, ({ path }) => path.includes("/Clicks/"));
  const { click, earners } = await buyWith(world, "Bens-Click");
  expect(click).toMatchObject({ verdict: "code-earns", partner: null });
  expect(earners).toEqual(["10001"]);
  const asked = world.impact.requests.filter(({ path }) => path.includes("/Clicks/"));
  // Every ten minutes while the order's click may be new there, then each hour for three days.
  expect(asked.length).toBe(9 + 72);
});

test.each([401, 429, 503])(
  "an answer %i says nothing of a click: nothing is kept, and it is known once impact.com tells",
  async (status) => {
    const world = await sharingWorld();
    world.impact.faults.failNext(2, status, ({ path }) => path.includes("/Clicks/"));
    const orderId = await heldOrder(world, "Bens-Click");
    const lookUps = () => world.ports.store.clicks.listLookUps(world.domain, ["Bens-Click"]);
    expect(await lookUps()).toEqual(new Map());
    await world.drain();
    expect((await lookUps()).get("Bens-Click")).toMatchObject({ verdict: "known" });
    expect(paidOf(world, orderId)).toEqual(["10001", "10002"]);
  },
);

test("a click id that impact.com calls malformed is nobody's at once, and says nothing of the token", async () => {
  const world = await sharingWorld();
  world.impact.faults.failNext(1, 400, ({ path }) => path.includes("/Clicks/"));
  const orderId = await heldOrder(world, "Malformed");
  await world.drain(5 * 60_000);
  expect(paidOf(world, orderId)).toEqual(["10001"]);
  const decided = await world.ports.store.orders.findAttribution(world.domain, orderId);
  expect(decided?.attribution.candidates.at(-1)).toMatchObject({ verdict: "unknown-there" });
  expect(await areClicksUntold(world.ports.store, world.domain)).toBe(false);
});

test("a click of which a token of before might not tell is asked for again with the next order", async () => {
  const world = await sharingWorld();
  world.impact.faults.failNext(1, 403, ({ path }) => path.includes("/Clicks/"));
  expect((await buyWith(world, "Bens-Click")).earners).toEqual(["10001"]);
  expect((await buyWith(world, "Bens-Click")).earners).toEqual(["10001", "10002"]);
});

test("where the token may not read clicks, the order goes at once, to the code's partner", async () => {
  const world = await sharingWorld();
  world.impact.faults.failNext(1, 403, ({ path }) => path.includes("/Clicks/"));
  const orderId = await heldOrder(world, "Bens-Click");
  await world.drain(5 * 60_000);
  expect(paidOf(world, orderId)).toEqual(["10001"]);
});
