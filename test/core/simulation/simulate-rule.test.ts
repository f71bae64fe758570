import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { RuleForm } from "#app/core/attribution/read-rule.ts";
import type { OverrideSubject } from "#app/core/attribution/save-rule.ts";
import type { OrderId, PartnerId } from "#app/core/ids.ts";
import type { Ports } from "#app/core/ports/ports.ts";
import { success } from "#app/core/result.ts";
import { flowLayout } from "#app/components/simulation/flow-layout.server.ts";
import type { Earner } from "#app/core/simulation/gains.ts";
import { simulationView } from "#app/components/simulation/simulation-view.server.ts";
import { readPayoutRates, type PayoutRates } from "#app/core/simulation/payout-rates.ts";
import { simulateRule } from "#app/core/simulation/simulate-rule.ts";
import {
  saveOverrideNow,
  saveReportSettingsNow,
  saveRuleNow,
} from "#test/core/given/just-opened.ts";
import { clickOf, trackClicksOf } from "#test/core/given/shared-orders.ts";
import { codeOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { buyAndDeliver } from "#test/support/shopper.ts";
import { deliverAll, staffOf } from "#test/support/shopify-staff.ts";
import { setUpProgram } from "#test/support/merchant.ts";
import { createWorld, EVENT_TYPE_ID, PROGRAM_ID } from "#test/support/world.ts";

const FORM: RuleForm = {
  ...{ meeting: "code-wins", days: "7", codePercent: "70", clickPercent: "30" },
  ...{ several: "first-entered", discounts: [], clickAlone: "leave" },
};
const DAY = 86_400_000;

/** Orders of 62.10 with Anna's code, of which two came by Ben's click, and one by a click alone. */
async function shopWithOrders() {
  const world = await worldWithCodes();
  clickOf(world, "10002");
  await trackClicksOf(world, "10002");
  const cartAttributes = { irclickid: "click-1" };
  await buyAndDeliver(world, { codes: ["ANNA10"], cartAttributes });
  world.clock.pass(20 * DAY);
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  await buyAndDeliver(world, { codes: ["ANNA10"], cartAttributes });
  await buyAndDeliver(world, { cartAttributes });
  await buyAndDeliver(world);
  const { ports, domain: shop } = world;
  const simulate = async (
    days: number,
    changes: Partial<RuleForm>,
    subject: OverrideSubject | null = null,
  ) => {
    const asked = { shop, days, form: { ...FORM, ...changes }, subject };
    const simulated = await simulateRule(ports, asked);
    return simulated.ok ? simulated.simulation : simulated.problems;
  };
  return { world, simulate };
}

const anna = { kind: "partner", partnerId: "10001", name: "Anna Able" };
const ben = { kind: "partner", partnerId: "10002", name: "Ben Baker" };
const nobody = { kind: "nobody" };

test("orders are replayed under another rule beside today's, and what moves is told from whom to whom", async () => {
  const { simulate } = await shopWithOrders();
  expect(await simulate(7, { meeting: "code-without-click", clickAlone: "report" })).toMatchObject({
    ...{ orders: 3, changed: 2, movedMinor: 13_110 },
    flows: [
      { from: nobody, to: ben, minor: 6_900, orders: 1 },
      { from: anna, to: ben, minor: 6_210, orders: 1 },
    ],
    standings: [
      { earner: ben, today: { orders: 0, minor: 0 }, then: { orders: 2, minor: 13_110 } },
      { earner: nobody, today: { orders: 1, minor: 6_900 }, then: { orders: 0, minor: 0 } },
      { earner: anna, today: { orders: 2, minor: 12_420 }, then: { orders: 1, minor: 6_210 } },
    ],
    examples: [{ movedMinor: 6_900 }, { movedMinor: 6_210, moves: [{ from: anna, to: ben }] }],
  });
});

test("orders that every rule gives to the same are counted with whom they stay: by whose the codes were then", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop, prisma, clock } = world;
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  await buyAndDeliver(world, { codes: ["ANNA10", "BEN10"] });
  const endsAt = clock.now();
  await prisma.assignment.updateMany({ where: { shop, partnerId: "10001" }, data: { endsAt } });
  clock.pass(1_000);
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  await buyAndDeliver(world, { codes: ["ANNA10", "BEN10"] });
  const form = { ...FORM, several: "split-evenly" };
  const simulated = await simulateRule(ports, { shop, days: 7, form, subject: null });
  if (!simulated.ok) throw new Error("it can be tried");
  const { orders, changed, standings } = simulated.simulation;
  expect([orders, changed]).toEqual([4, 1]);
  const counts = standings.map(({ earner, today, then }) => [earner, today.orders, then.orders]);
  expect(counts).toHaveLength(3);
  expect(counts).toEqual(
    expect.arrayContaining([
      [anna, 2, 2],
      [ben, 1, 2],
      [nobody, 1, 1],
    ]),
  );
});

test("so many days back and no further, any number from 7 to 90, and a split moves its part alone", async () => {
  const { simulate } = await shopWithOrders();
  expect(await simulate(19, { meeting: "split" })).toMatchObject({ changed: 1 });
  expect(await simulate(21, { meeting: "split" })).toMatchObject({ changed: 2 });
  const message = "Enter a whole number of days from 7 to 90.";
  for (const days of [6, 91, 7.5, NaN]) {
    expect(await simulate(days, { meeting: "split" })).toEqual([{ field: "period", message }]);
  }
  expect(await simulate(7, { meeting: "split" })).toMatchObject({ changed: 1, movedMinor: 1_863 });
  expect(await simulate(30, { meeting: "split" })).toMatchObject({ changed: 2, movedMinor: 3_726 });
});

test("beside the rule in force now the same rule changes nothing, and nothing is written", async () => {
  const { world, simulate } = await shopWithOrders();
  const { ports, domain: shop } = world;
  await saveRuleNow(ports, { shop, ...FORM, meeting: "split" });
  const before = await ports.store.rules.list(shop);
  expect(await simulate(30, { meeting: "split" })).toMatchObject({ changed: 0, flows: [] });
  expect(await simulate(30, { meeting: "code-wins" })).toMatchObject({ changed: 2 });
  expect(await ports.store.rules.list(shop)).toEqual(before);
});

test("the click of the code's own partner takes nothing from the code, once impact.com has told whose it was", async () => {
  const { world, simulate } = await shopWithOrders();
  const { ports, domain: shop, clock } = world;
  expect(await simulate(30, { meeting: "code-without-click" })).toMatchObject({ changed: 2 });
  const partner = { partnerId: "10001" as PartnerId, name: "Anna Able" };
  const lookUp = { clickId: "click-1", verdict: "known" as const, partner, clickedAt: null };
  await ports.store.clicks.saveLookUp(shop, lookUp, clock.now());
  expect(await simulate(30, { meeting: "code-without-click" })).toMatchObject({ changed: 0 });
});

test("a rule that can't be saved can't be tried, and says why at its field", async () => {
  const { simulate } = await shopWithOrders();
  expect(await simulate(7, { meeting: "split", codePercent: "80" })).toMatchObject([
    { field: "codePercent" },
  ]);
});

test("a rule for a code, a partner or a discount is tried too, in the place of its own of today", async () => {
  const { world, simulate } = await shopWithOrders();
  const { ports, domain: shop } = world;
  const { discountId } = await codeOf(world, "ANNA10");
  const split = { meeting: "split", codePercent: "50", clickPercent: "50" };
  const anna10 = { scope: "code", subject: "ANNA10" } as const;
  for (const subject of [
    anna10,
    { scope: "partner", subject: "10001" } as const,
    { scope: "discount", subject: discountId } as const,
  ]) {
    expect(await simulate(30, split, subject)).toMatchObject({ changed: 2, movedMinor: 6_210 });
  }
  expect(await simulate(30, split, { scope: "code", subject: "BEN10" })).toMatchObject({
    changed: 0,
  });
  await saveOverrideNow(ports, { shop, ...anna10, ...FORM, ...split });
  expect(await simulate(30, split, anna10)).toMatchObject({ changed: 0 });
  expect(await simulate(30, { meeting: "code-wins" }, anna10)).toMatchObject({ changed: 2 });
  // A code's own rule stands above what is tried for the shop.
  expect(await simulate(30, { meeting: "code-wins" })).toMatchObject({ changed: 0 });
});

test("a discount, code or partner that isn't the shop's is refused at its field", async () => {
  const { simulate } = await shopWithOrders();
  const discounts = ["01890000-0000-7000-8000-000000000000"];
  expect(await simulate(7, { several: "highest-priority", discounts })).toMatchObject([
    { field: "discounts", message: expect.stringMatching(/discounts of your shop/) },
  ]);
  for (const scope of ["code", "partner", "discount"] as const) {
    expect(await simulate(7, {}, { scope, subject: "NOBODYS" })).toMatchObject([
      { field: "subject" },
    ]);
  }
});

test("commission is reckoned at what impact.com paid each partner, and not known for whom it paid nothing", async () => {
  const { world, simulate } = await shopWithOrders();
  const { ports, domain: shop } = world;
  const never = () => new Promise<never>(() => undefined);
  const rates = await readPayoutRates({ ...ports, pause: never }, shop);
  // Three orders of 62.10, of which her contract pays a tenth.
  const annas = { netMinor: 18_630, payoutMinor: 1_863 };
  expect([[...rates.byPartner], rates.isWhole]).toEqual([[["10001", annas]], true]);
  const simulation = await simulate(30, {
    meeting: "split",
    codePercent: "50",
    clickPercent: "50",
  });
  if (Array.isArray(simulation)) throw new Error("it can be tried");
  const setting = { currency: "USD", timeZone: "UTC", days: 30 as const, asking: null };
  const view = simulationView(simulation, { ...setting, rates });
  expect(view.standings.map(({ name, change, commission }) => [name, change, commission])).toEqual([
    ["Anna Able", "−$62.10", "−$6.21"],
    ["Ben Baker", "+$62.10", "Not known"],
    ["Not reported", "None", "None"],
  ]);
  expect(view.total).toBe(
    "Change in commission in all: −$6.21, known of 1 of the 2 who gain or lose.",
  );
});

test("an order that impact.com has credited by its own tag stays with its partner under any rule, and the page says so", async () => {
  const { world, simulate } = await shopWithOrders();
  const { ports, domain: shop, prisma, clock } = world;
  const report = { clickAlone: "report" };
  expect(await simulate(30, report)).toMatchObject({ changed: 1, movedMinor: 6_900 });
  const where = { shop, reason: "left-to-click" };
  const { orderId } = await prisma.order.findFirstOrThrow({ where });
  const run = { id: randomUUID(), programId: PROGRAM_ID };
  const partnerId = "10002" as PartnerId;
  const seen = { partnerId, currency: "USD", amountMinor: 6_900, eventAt: clock.now() };
  const noted = [{ ...seen, orderId: orderId as OrderId }];
  await ports.store.credited.note(shop, run, noted, clock.now());
  const simulation = await simulate(30, report);
  if (Array.isArray(simulation)) throw new Error("it can be tried");
  const side = { orders: 1, minor: 6_900 };
  expect(simulation).toMatchObject({
    ...{ orders: 4, changed: 0, flows: [], creditedThere: side },
    standings: expect.arrayContaining([{ earner: ben, today: side, then: side }]) as object[],
  });
  const rates = { byPartner: new Map(), isBasisTold: true, isWhole: true };
  const setting = { currency: "USD", timeZone: "UTC", days: 30 as const, asking: null, rates };
  const view = simulationView(simulation, setting);
  expect([view.total, view.creditedThere]).toEqual([
    null,
    "impact.com has credited 1 order of $69.00 net by itself, or as another app reported it. It is paid already, and stays with its partner under any rule.",
  ]);
  // What this app has reported goes by the rules, whatever else impact.com holds of it.
  await prisma.order.updateMany({ where, data: { state: "reported", reason: "credited" } });
  expect(await simulate(30, report)).toMatchObject({ changed: 1 });
});

test("where amounts are reported with tax, commission is paid on those and not on net values", async () => {
  const { world, simulate } = await shopWithOrders();
  const { ports, domain: shop, prisma } = world;
  await saveReportSettingsNow(ports, { shop, reportWhen: "created", amountBasis: "net-with-tax" });
  const never = () => new Promise<never>(() => undefined);
  const read = () => readPayoutRates({ ...ports, pause: never }, shop);
  // No order tells yet what tax adds to it.
  const untold = await read();
  expect([...untold.byPartner]).toEqual([]);
  // As with a tax of 19%: impact.com holds 73.90 for each 62.10, and pays a tenth of it.
  const amountBasis = "net-with-tax";
  await prisma.conversion.updateMany({
    where: { shop },
    data: { amountBasis, amountMinor: 7_390 },
  });
  const split = { meeting: "split", codePercent: "50", clickPercent: "50" };
  const simulation = await simulate(30, split);
  if (Array.isArray(simulation)) throw new Error("it can be tried");
  const setting = { currency: "USD", timeZone: "UTC", days: 30 as const, asking: null };
  expect(simulationView(simulation, { ...setting, rates: untold })).toMatchObject({
    standings: [{ commission: "Not known" }, { commission: "Not known" }, { commission: "None" }],
    total: "What it would change in commission is not known.",
    commission: expect.stringMatching(
      /No order .* as your settings have it now.*Look again/,
    ) as string,
  });
  const view = simulationView(simulation, { ...setting, rates: await read() });
  expect(view.commission).not.toMatch(/Look again/);
  expect(view.standings[0]).toMatchObject({ change: "−$62.10", commission: "−$7.39" });
  expect(view.line).toMatch(/in part: \$62\.10 net\.$/);
});

/** Sixty paid to Anna on the first page of two, and as much to Ben on the second. */
const twoPages: Ports["impact"]["listActions"] = (_credentials, { page }) => {
  const partnerId = (page === 1 ? "10001" : "10002") as PartnerId;
  const paid = { partnerId, amountMinor: 600, payoutMinor: 60, intendedMinor: 600 };
  const eventTypeId = EVENT_TYPE_ID;
  const action = {
    ...paid,
    eventTypeId,
    actionId: `${page}`,
    impactOrderId: `${page}`,
    currency: "USD",
  };
  const rest = { state: "approved" as const, promoCode: null, eventAt: null, lockedAt: null };
  return Promise.resolve(success({ actions: [{ ...action, ...rest }], pages: 2 }));
};

test("what was paid is read page by page, and whoever tries a rule waits only for what comes in time", async () => {
  const world = await createWorld();
  await setUpProgram(world);
  const { ports, domain: shop } = world;
  const read = (listActions: typeof twoPages, pause: Ports["pause"]) =>
    readPayoutRates({ ...ports, pause, impact: { ...ports.impact, listActions } }, shop);
  const never = () => new Promise<never>(() => undefined);
  const whole = await read(twoPages, never);
  expect([[...whole.byPartner.keys()], whole.isWhole]).toEqual([["10001", "10002"], true]);

  let tell: () => void = () => undefined;
  const timeIsUp = new Promise<void>((resolve) => (tell = resolve));
  const part = await read(
    (credentials, query) => {
      if (query.page === 1) return twoPages(credentials, query);
      tell();
      return never();
    },
    () => timeIsUp,
  );
  expect([[...part.byPartner.keys()], part.isWhole]).toEqual([["10001"], false]);

  const clicks = { earning: 0, untold: 0 };
  const creditedThere = { orders: 0, minor: 0 };
  const nothing = {
    ...{ orders: 0, changed: 0, movedMinor: 0, flows: [], standings: [], examples: [], clicks },
    creditedThere,
  };
  const setting = { currency: "USD", timeZone: "UTC", days: 30 as const, asking: null };
  expect(simulationView(nothing, { ...setting, rates: whole }).total).toBeNull();
  const noteOf = (rates: PayoutRates) => simulationView(nothing, { ...setting, rates }).commission;
  expect(noteOf(part)).toMatch(/has not told all of it .* may have been paid as well\.$/);
  expect(noteOf(whole)).not.toMatch(/has not told/);
});

test("a picture that leaves flows out says so", () => {
  const to: Earner = { kind: "unknown" };
  const flows = Array.from({ length: 12 }, (_, index) => {
    const partnerId = `${index}` as PartnerId;
    const from: Earner = { kind: "partner", partnerId, name: `Partner ${index}` };
    return { from, to, minor: 100 - index, orders: 1 };
  });
  const words = { nameOf: ({ kind }: Earner) => kind, money: String };
  expect(flowLayout(flows.slice(0, 10), words, "desktop")?.note).toBeNull();
  const picture = flowLayout(flows, words, "phone");
  expect([picture?.ribbons.length, picture?.note]).toEqual([
    10,
    "The picture shows the 10 largest of 12 flows. The table has everybody's sum.",
  ]);
});

test("a test order and one that was cancelled are nobody's under any rule", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  const given = { codes: ["ANNA10"], cartAttributes: { irclickid: "click-1" } };
  await buyAndDeliver(world, { ...given, test: true });
  const cancelled = await buyAndDeliver(world, given);
  const simulated = () => simulateRule(ports, { shop, days: 7, form: FORM, subject: null });
  expect(await simulated()).toMatchObject({ simulation: { orders: 1 } });
  const order = world.shop.orders.find(({ id }) => id === cancelled);
  if (!order) throw new Error("it was bought");
  world.clock.pass(60_000);
  await deliverAll(world, staffOf(world).cancel(order, { reason: "customer", refund: true }));
  await world.drain();
  expect(await simulated()).toMatchObject({ simulation: { orders: 0, standings: [] } });
});
