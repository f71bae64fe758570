import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { assignCode } from "#app/core/codes/assign-code.ts";
import { attributeLate } from "#app/core/codes/attribute-late.ts";
import { previewAssignment } from "#app/core/codes/preview-assignment.ts";
import { listUnassignedCodes } from "#app/core/codes/unassigned-codes.ts";
import type { DiscountCode, PartnerId } from "#app/core/ids.ts";
import { saveReportSettingsNow, saveRuleNow } from "#test/core/given/just-opened.ts";
import { makeInShopify } from "#test/core/given/make-in-shopify.ts";
import { registerElsewhere } from "#test/core/given/register-elsewhere.ts";
import { withSecondShop } from "#test/core/given/second-shop.ts";
import { trackClicksOf } from "#test/core/given/shared-orders.ts";
import { whileTakingIn } from "#test/core/given/taken-in-while.ts";
import { codeOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { addClick } from "#test/sandbox/impact/create-state.ts";
import { heldAt } from "#test/sandbox/impact/held-at.ts";
import { actionsOf, whoWasPaid } from "#test/sandbox/impact/who-was-paid.ts";
import { deliverAll, lineOf, staffOf } from "#test/support/shopify-staff.ts";
import {
  buy,
  buyAndDeliver,
  deliver,
  orderIdOf,
  variantOf,
  webhookFor,
} from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const DAY = 86_400_000;
const PODCAST = "PODCAST15" as DiscountCode;
const LONG_AGO = new Date("2020-01-01T00:00:00Z");

/** A shop with a code of its own making that no partner has. */
async function worldWithPodcast(): Promise<World> {
  const world = await worldWithCodes();
  makeInShopify(world, PODCAST, "Podcast");
  return world;
}

function assign({ ports, domain: shop }: World, changes: { partner?: string; since?: Date } = {}) {
  const partnerId = (changes.partner ?? "10001") as PartnerId;
  return assignCode(ports, { shop, code: PODCAST, partnerId, since: changes.since ?? LONG_AGO });
}

function preview({ ports, domain: shop }: World, since = LONG_AGO) {
  return previewAssignment(ports, { shop, code: PODCAST, since });
}

test("an order that impact.com credits to nobody as its code was registered later says what can help", async () => {
  const world = await worldWithPodcast();
  world.impactState.rules.pastStart = "credits none of them";
  const past = await buyAndDeliver(world, { codes: [PODCAST] });
  world.clock.pass(10 * DAY);
  await assign(world);
  await world.drain();
  const standing = await standingOf(world, past);
  expect(standing).toMatchObject({ state: "failed", reason: "not-credited" });
  expect(standing?.sentence).toMatch(
    /registered there after the order .* can't help: pay .* bonus/,
  );
  const later = await buyAndDeliver(world, { codes: [PODCAST] });
  expect(await standingOf(world, later)).toMatchObject({ reason: "credited" });
});

test("codes that are nobody's are listed with their orders, money and days", async () => {
  const world = await worldWithPodcast();
  await buyAndDeliver(world, { codes: [PODCAST] });
  const firstAt = world.clock.now();
  world.clock.pass(3 * DAY);
  await buyAndDeliver(world, { codes: [PODCAST] });
  await buyAndDeliver(world, { codes: ["ANNA10"] });
  const codes = await listUnassignedCodes(world.ports, world.domain);
  expect(codes).toMatchObject([
    { code: PODCAST, orders: 2, worth: [{ minor: 12_420, currency: "USD" }] },
  ]);
  const span = (codes[0]?.lastAt.getTime() ?? 0) - (codes[0]?.firstAt.getTime() ?? 0);
  expect(span).toBeGreaterThanOrEqual(3 * DAY - 1_000);
  expect(codes[0]?.firstAt.getTime()).toBeLessThanOrEqual(firstAt.getTime());
});

test("a code assigned afterwards pays its partner for past orders, each once", async () => {
  const world = await worldWithPodcast();
  const past = [
    await buyAndDeliver(world, { codes: [PODCAST] }),
    await buyAndDeliver(world, { codes: [PODCAST] }),
  ];
  world.clock.pass(10 * DAY);
  expect((await preview(world)).effects).toEqual([
    { effect: "earns", orders: 2, worth: [{ minor: 12_420, currency: "USD" }] },
  ]);

  expect(await assign(world)).toMatchObject({ ok: true });
  await world.drain();
  for (const orderId of past) {
    expect(whoWasPaid(world.impactState, orderId)).toMatchObject({
      partnerId: "10001",
      code: PODCAST,
    });
    expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  }
  expect(await codeOf(world, PODCAST)).toMatchObject({
    impactState: "registered",
    partner: { partnerId: "10001" },
  });
  // The registration must not begin after the orders it is for.
  const registered = world.account.promoCodes.find(({ code }) => code === PODCAST);
  expect(registered?.startsAt.getTime()).toBeLessThan(world.clock.now().getTime() - 10 * DAY);
  expect(await listUnassignedCodes(world.ports, world.domain)).toEqual([]);
});

test("the preview tells what is really earned: after refunds, by the shop's basis", async () => {
  const world = await worldWithPodcast();
  const { ports, domain: shop } = world;
  const kettles = { lines: [{ variantId: variantOf(world.shop, "Kettle"), quantity: 3 }] };
  const order = buy(world, { codes: [PODCAST], ...kettles });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const lines = [{ lineItemId: lineOf(order, "KETTLE"), quantity: 2 }];
  await deliverAll(world, staffOf(world).refund(order, { lines }));
  await world.drain();
  const told = async () => {
    const { effects, orders } = await preview(world);
    return { effects, listed: orders.map(({ earnedMinor }) => earnedMinor) };
  };
  const worthOf = (minor: number) => ({
    effects: [{ effect: "earns", orders: 1, worth: [{ minor, currency: "USD" }] }],
    listed: [minor],
  });
  expect(await told()).toEqual(worthOf(4_410));
  await saveReportSettingsNow(ports, { shop, reportWhen: "created", amountBasis: "gross" });
  expect(await told()).toEqual(worthOf(4_900));
  await assign(world);
  await world.drain();
  expect(heldAt(world.impactState, order.id).amountMinor).toBe(4_900);
});

test("where orders are reported once paid, an unpaid one is told apart and then waits", async () => {
  const world = await worldWithPodcast();
  const { ports, domain: shop } = world;
  await saveReportSettingsNow(ports, { shop, reportWhen: "paid", amountBasis: "net" });
  const unpaid = buy(world, { codes: [PODCAST], financialStatus: "pending" });
  await deliver(world, webhookFor(world, unpaid));
  const paid = await buyAndDeliver(world, { codes: [PODCAST] });
  const { effects, orders } = await preview(world);
  const worth = [{ minor: 6_210, currency: "USD" }];
  expect(effects).toEqual([
    { effect: "earns", orders: 1, worth },
    { effect: "unpaid", orders: 1, worth },
  ]);
  expect(new Map(orders.map(({ orderId, effect }) => [orderId, effect]))).toEqual(
    new Map<string, string>([
      [unpaid.id, "unpaid"],
      [paid, "earns"],
    ]),
  );
  await assign(world);
  await world.drain(60_000);
  expect(await standingOf(world, orderIdOf(unpaid))).toMatchObject({ reason: "not-paid" });
  expect(await standingOf(world, paid)).toMatchObject({ reason: "credited" });
});

test("an order that was left to its click is the code's afterwards, by the rule every shop begins with", async () => {
  const world = await worldWithPodcast();
  const order = buy(world, { codes: [PODCAST], cartAttributes: { irclickid: "Bens-Click" } });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const orderId = orderIdOf(order);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "left-to-click" });
  expect(await listUnassignedCodes(world.ports, world.domain)).toMatchObject([
    { code: PODCAST, orders: 1 },
  ]);
  const worth = [{ minor: 6_210, currency: "USD" }];
  expect((await preview(world)).effects).toEqual([{ effect: "earns", orders: 1, worth }]);
  await assign(world);
  await world.drain();
  expect(whoWasPaid(world.impactState, orderId)).toMatchObject({ partnerId: "10001" });
});

test("an order that its click earns by the rule of its time is shown and decided so, whatever the rule is now", async () => {
  const world = await worldWithPodcast();
  const { ports, domain: shop } = world;
  const rule = (meeting: string) =>
    saveRuleNow(ports, {
      ...{ shop, meeting, days: "", codePercent: "50", clickPercent: "50" },
      ...{ several: "first-entered", discounts: [], clickAlone: "leave" },
    });
  await rule("code-without-click");
  await trackClicksOf(world, "10002");
  const at = world.clock.now();
  addClick(world.account, { id: "Bens-Click", partnerId: "10002", programId: "1000", at });
  world.clock.pass(1_000);
  const led = async () => {
    const order = buy(world, { codes: [PODCAST], cartAttributes: { irclickid: "Bens-Click" } });
    await deliver(world, webhookFor(world, order));
    return orderIdOf(order);
  };
  const clicked = await led();
  await world.drain(60_000);
  expect((await preview(world)).orders).toMatchObject([{ effect: "click-decides" }]);
  world.clock.pass(1_000);
  await rule("split");
  world.clock.pass(1_000);
  const shared = await led();
  // Another order has had impact.com say whose the click is.
  const told = buy(world, { codes: ["ANNA10"], cartAttributes: { irclickid: "Bens-Click" } });
  await deliver(world, webhookFor(world, told));
  await world.drain();
  world.clock.pass(1_000);
  await rule("code-wins");
  world.clock.pass(1_000);
  const { effects, orders } = await preview(world);
  expect(effects).toEqual([
    { effect: "click-decides", orders: 1, worth: [] },
    { effect: "earns", orders: 1, worth: [{ minor: 3_105, currency: "USD" }] },
  ]);
  expect(orders).toMatchObject([
    { orderId: shared, effect: "earns", earnedMinor: 3_105 },
    { orderId: clicked, effect: "click-decides", earnedMinor: 0 },
  ]);
  await assign(world);
  await world.drain();
  expect(whoWasPaid(world.impactState, clicked)).toMatchObject({ partnerId: "10002" });
  expect(heldAt(world.impactState, `${shared}-code`).amountMinor).toBe(3_105);
});

test("an order of which nothing is left is no part of what will be reported", async () => {
  const world = await worldWithPodcast();
  const order = buy(world, { codes: [PODCAST] });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  const where = { shop_orderId: { shop: world.domain, orderId: order.id } };
  const { facts } = await world.prisma.order.findUniqueOrThrow({ where });
  const asGiftCards = JSON.stringify(facts).replaceAll('"giftCard":false', '"giftCard":true');
  await world.prisma.$executeRaw`UPDATE "Order" SET "facts" = ${asGiftCards}::jsonb`;
  expect((await preview(world)).effects).toEqual([{ effect: "kept-out", orders: 1, worth: [] }]);
});

test("confirming again, or twice at once, changes nothing more", async () => {
  const world = await worldWithPodcast();
  const orderId = await buyAndDeliver(world, { codes: [PODCAST] });
  const answers = await Promise.all([1, 2, 3, 4].map(() => assign(world)));
  expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true]);
  await world.drain();
  await assign(world);
  await world.drain();
  const where = { shop: world.domain, code: PODCAST };
  expect(await world.prisma.code.count({ where })).toBe(1);
  expect(await world.prisma.conversion.count({ where })).toBe(1);
  expect(await world.prisma.assignment.count({ where: { code: where } })).toBe(1);
  expect(actionsOf(world.impactState, orderId)).toHaveLength(1);
  expect(world.account.promoCodes.filter(({ code }) => code === PODCAST)).toHaveLength(1);
});

test("orders older than impact.com takes are listed as too old and stay as they are", async () => {
  const world = await worldWithPodcast();
  const old = await buyAndDeliver(world, { codes: [PODCAST] });
  world.clock.pass(86 * DAY);
  const recent = await buyAndDeliver(world, { codes: [PODCAST] });
  const { effects, orders } = await preview(world);
  expect(effects.map(({ effect, orders: count }) => [effect, count]).toSorted()).toEqual([
    ["earns", 1],
    ["too-old", 1],
  ]);
  expect(orders.map(({ orderId, effect }) => [orderId, effect])).toEqual([
    [recent, "earns"],
    [old, "too-old"],
  ]);
  await assign(world);
  await world.drain();
  expect(await standingOf(world, recent)).toMatchObject({ reason: "credited" });
  expect(await standingOf(world, old)).toMatchObject({ reason: "not-a-partner-code" });
});

test("only orders from the chosen day on are the partner's", async () => {
  const world = await worldWithPodcast();
  const before = await buyAndDeliver(world, { codes: [PODCAST] });
  world.clock.pass(5 * DAY);
  const since = world.clock.now();
  world.clock.pass(DAY);
  const after = await buyAndDeliver(world, { codes: [PODCAST] });
  expect((await preview(world, since)).effects).toMatchObject([
    { effect: "before" },
    { effect: "earns" },
  ]);
  await assign(world, { since });
  await world.drain();
  expect(await standingOf(world, after)).toMatchObject({ reason: "credited" });
  expect(await standingOf(world, before)).toMatchObject({ state: "ignored" });

  // The merchant finds out that it was the partner's earlier still.
  await assign(world);
  await world.drain();
  const conversions = { where: { shop: world.domain, code: PODCAST } };
  expect(await world.prisma.conversion.count(conversions)).toBe(2);
});

test("an order that another partner's code has earned stays with that partner", async () => {
  const world = await worldWithPodcast();
  for (const discount of world.shop.discounts.values()) discount.combinesWith.order = true;
  const orderId = await buyAndDeliver(world, { codes: [PODCAST, "BEN10"] });
  expect(whoWasPaid(world.impactState, orderId)).toMatchObject({ partnerId: "10002" });
  expect((await preview(world)).orders).toMatchObject([
    { orderId, effect: "earned-already", partner: "Ben Baker" },
  ]);
  await assign(world);
  await world.drain();
  expect(whoWasPaid(world.impactState, orderId)).toMatchObject({ partnerId: "10002" });
  expect(actionsOf(world.impactState, orderId)).toHaveLength(1);
});

test("an order that impact.com has credited by another way is left out, so nobody is paid twice", async () => {
  const world = await worldWithPodcast();
  const credited = await buyAndDeliver(world, { codes: [PODCAST] });
  const free = await buyAndDeliver(world, { codes: [PODCAST] });
  await world.prisma.creditedThere.create({
    data: {
      shop: world.domain,
      orderId: credited,
      programId: "1000",
      partnerId: "10002",
      seenBy: randomUUID(),
      foundAt: world.clock.now(),
    },
  });
  expect(await listUnassignedCodes(world.ports, world.domain)).toMatchObject([{ orders: 1 }]);
  const { orders } = await preview(world);
  expect(new Map(orders.map(({ orderId, effect }) => [orderId, effect]))).toEqual(
    new Map([
      [credited, "credited-there"],
      [free, "earns"],
    ]),
  );
  await assign(world);
  await world.drain();
  expect(await standingOf(world, free)).toMatchObject({ reason: "credited" });
  expect(actionsOf(world.impactState, credited)).toEqual([]);

  // Nor does a later webhook of it, or a merchant who looks again, change that.
  const order = world.shop.orders.find(({ id }) => id === credited);
  if (!order) throw new Error("no order");
  world.clock.pass(DAY);
  await deliverAll(
    world,
    staffOf(world).edit(order, { add: [{ variantId: variantOf(world.shop, "Mug"), quantity: 1 }] }),
  );
  await world.drain();
  expect(await standingOf(world, credited)).toMatchObject({
    state: "ignored",
    reason: "credited-there",
    sentence: expect.stringMatching(/credited somebody for it by another way/) as string,
  });
  expect(actionsOf(world.impactState, credited)).toEqual([]);
  const again = await preview(world);
  expect(again.orders.find(({ orderId }) => orderId === credited)).toMatchObject({
    effect: "credited-there",
  });
});

test("an order that impact.com has credited by another way is judged again once that is over", async () => {
  const world = await worldWithCodes();
  const order = buy(world, { codes: ["ANNA10"] });
  const theirs = { shop: world.domain, orderId: order.id, programId: "1000" };
  const seen = { seenBy: randomUUID(), foundAt: world.clock.now() };
  await world.prisma.creditedThere.create({ data: { ...theirs, ...seen } });
  await deliver(world, webhookFor(world, order));
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited-there" });
  await world.prisma.creditedThere.deleteMany({ where: theirs });
  world.clock.pass(DAY);
  const lines = [{ lineItemId: lineOf(order, "MUG"), quantity: 1 }];
  await deliverAll(world, staffOf(world).refund(order, { lines }));
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
});

test("a partner whose contract has ended is told before anything changes", async () => {
  const world = await worldWithPodcast();
  const where = { shop_partnerId: { shop: world.domain, partnerId: "10001" } };
  await world.prisma.partner.update({ where, data: { hasContract: false } });
  expect(await assign(world)).toMatchObject({
    ok: false,
    problem: { message: expect.stringMatching(/Anna Able has no live contract/) as string },
  });
  expect(await world.prisma.code.count({ where: { code: PODCAST } })).toBe(0);
});

test("a code that belongs to somebody is not taken from them", async () => {
  const world = await worldWithPodcast();
  await assign(world, { partner: "10002" });
  expect(await assign(world)).toMatchObject({
    ok: false,
    problem: {
      message: "PODCAST15 belongs to Ben Baker already. A code has one partner at a time.",
    },
  });
});

test("a code that impact.com has registered to somebody else is refused with who has it", async () => {
  const world = await worldWithPodcast();
  registerElsewhere(world, PODCAST, "10002");
  expect(await assign(world)).toMatchObject({
    ok: false,
    problem: { message: expect.stringMatching(/registered to Ben Baker/) as string },
  });
  expect(await world.prisma.code.count({ where: { code: PODCAST } })).toBe(0);
});

test("a registration that the partner has at impact.com already is taken over", async () => {
  const world = await worldWithPodcast();
  registerElsewhere(world, PODCAST, "10001");
  world.clock.pass(DAY);
  const orderId = await buyAndDeliver(world, { codes: [PODCAST] });
  await assign(world);
  await world.drain();
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "credited" });
  expect(world.account.promoCodes.filter(({ code }) => code === PODCAST)).toHaveLength(1);
});

test.each([
  ["10003", /knows no such partner/],
  ["99999", /knows no such partner/],
])(
  "a partner impact.com doesn't know (%s) is told before anything changes",
  async (partner, sentence) => {
    const world = await worldWithPodcast();
    expect(await assign(world, { partner })).toMatchObject({
      problem: { message: expect.stringMatching(sentence) as string },
    });
    expect(await world.prisma.code.count({ where: { code: PODCAST } })).toBe(0);
  },
);

test("a code that is gone from Shopify can't be assigned", async () => {
  const world = await worldWithCodes();
  expect(await assign(world)).toMatchObject({
    problem: { message: expect.stringMatching(/Shopify has no discount/) as string },
  });
});

test("another shop's orders with the same code are not touched or shown", async () => {
  const world = await worldWithPodcast();
  const other = await withSecondShop(world);
  makeInShopify(other, PODCAST, "Podcast");
  const theirs = await buyAndDeliver(other, { codes: [PODCAST] });
  expect(await preview(world)).toMatchObject({ effects: [], orders: [] });
  await assign(world);
  await world.drain();
  expect(await standingOf(other, theirs)).toMatchObject({ reason: "not-a-partner-code" });
  expect(await listUnassignedCodes(other.ports, other.domain)).toHaveLength(1);
});

test("an order that is being taken in while its code is assigned earns the partner all the same", async () => {
  const world = await worldWithPodcast();
  const { ports, domain: shop } = world;
  const past = await buyAndDeliver(world, { codes: [PODCAST] });
  const order = buy(world, { codes: [PODCAST] });
  await deliver(world, webhookFor(world, order));
  whileTakingIn(world, async () => {
    await assign(world);
    const { id: codeId } = await codeOf(world, PODCAST);
    await attributeLate(ports, { shop, codeId, after: null });
  });
  await world.drain(0);
  expect(await standingOf(world, past)).toMatchObject({ reason: "outcome-pending" });
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "not-a-partner-code" });
  await world.drain(60_000);
  await world.drain();
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({ reason: "credited" });
});
