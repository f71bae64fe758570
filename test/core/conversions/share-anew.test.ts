import { expect, test } from "vitest";
import type { Share } from "#app/core/attribution/attribution.ts";
import { handOverOrders } from "#app/core/conversions/hand-over-orders.ts";
import { sendConversions } from "#app/core/conversions/send-conversion.ts";
import { shareAnew } from "#app/core/conversions/share-anew.ts";
import type { DiscountCode, OrderId, PartnerId } from "#app/core/ids.ts";
import {
  annaAndClick,
  CLICKED,
  clickOf,
  shareOrders,
  trackClicksOf,
} from "#test/core/given/shared-orders.ts";
import { readOrder } from "#app/core/orders/read-order.ts";
import { conversionOf, standingOf, worldWithCodes } from "#test/core/given/world-with-codes.ts";
import { actionsOf } from "#test/sandbox/impact/who-was-paid.ts";
import { buy, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const ANNA = { partnerId: "10001" as PartnerId, name: "Anna Able" };
const ANNA10 = "ANNA10" as DiscountCode;
const BY_CODE = { kind: "code" as const, code: ANNA10 };
const ALL_ANNAS: Share = { key: "code", weight: 1, partner: ANNA, by: BY_CODE };

/** An order with Anna's code that was taken in and is not sent yet. */
async function unsentOrder({
  isShared,
  clicker = "10002",
}: {
  isShared: boolean;
  clicker?: string;
}) {
  const world = await worldWithCodes();
  clickOf(world, clicker);
  if (isShared) {
    await trackClicksOf(world, clicker);
    await shareOrders(world, [50, 50]);
  }
  const order = buy(world, { codes: ["ANNA10"], cartAttributes: CLICKED });
  await deliver(world, webhookFor(world, order));
  world.shopify.faults.failNext(1, 503);
  await world.drain(0);
  return { world, orderId: orderIdOf(order) };
}

async function anew({ ports, domain, clock }: World, orderId: OrderId, shares: Share[]) {
  const [first, ...others] = shares;
  await ports.store.inTransaction(async (tx) => {
    await tx.orders.lock(domain, orderId);
    const order = await tx.orders.find(domain, orderId);
    const decision = await tx.orders.findAttribution(domain, orderId);
    if (!first || !order || decision?.attribution.outcome !== "credited") throw new Error("?");
    const ofOrder = await tx.conversions.listForOrder(domain, orderId);
    const attribution = { ...decision.attribution, shares: [first, ...others] as [Share] };
    await shareAnew(tx, { order, ofOrder, attribution, codes: [] }, clock.now());
  });
}

const earners = ({ impactState }: World) =>
  actionsOf(impactState).map(({ orderId, partnerId }) => [orderId, partnerId]);

test("an unsent order of one partner becomes two partners': their parts go out, and it no more", async () => {
  const { world, orderId } = await unsentOrder({ isShared: false });
  await anew(world, orderId, annaAndClick([1, 1]));
  await world.drain();
  expect(earners(world).toSorted()).toEqual([
    [`${orderId}-click`, "10002"],
    [`${orderId}-code`, "10001"],
  ]);
  expect((await standingOf(world, orderId))?.sentence).toMatch(
    /^Anna Able \(50%\) and Ben Baker \(50%\) share it/,
  );
});

test("unsent parts become one partner's order, which has the order's own number", async () => {
  const { world, orderId } = await unsentOrder({ isShared: true });
  await anew(world, orderId, [ALL_ANNAS]);
  const left = await world.ports.store.conversions.listForOrder(world.domain, orderId);
  expect(left.map(({ standing, part, partnerId }) => [standing, part, partnerId])).toEqual([
    [null, null, "10001"],
  ]);
});

test("shared anew in the same way, the conversions stay, and only whose they are is put right", async () => {
  const { world, orderId } = await unsentOrder({ isShared: true });
  const { conversions } = world.ports.store;
  const before = await conversions.listForOrder(world.domain, orderId);
  const idsOf = (parts: typeof before) => parts.map(({ id, standing }) => [id, standing]);
  await anew(world, orderId, annaAndClick([1, 1]));
  const unknown = await conversions.listForOrder(world.domain, orderId);
  expect(unknown.map(({ partnerId }) => partnerId)).toEqual(["10001", null]);
  const ben = { partnerId: "10002" as PartnerId, name: "Ben Baker" };
  const named = annaAndClick([1, 1]).map((share) => ({ ...share, partner: share.partner ?? ben }));
  await anew(world, orderId, named);
  const known = await conversions.listForOrder(world.domain, orderId);
  expect(known.map(({ partnerId }) => partnerId)).toEqual(["10001", "10002"]);
  expect([idsOf(unknown), idsOf(known)]).toEqual([idsOf(before), idsOf(before)]);
  expect((await standingOf(world, orderId))?.sentence).toMatch(/Ben Baker \(50%\) share it/);
});

test("once one part may be there, the parts stay; the code's goes to whoever had the code", async () => {
  const { world, orderId } = await unsentOrder({ isShared: true });
  const { prisma, domain, ports } = world;
  await prisma.code.updateMany({ where: { code: "ANNA10" }, data: { impactState: "planned" } });
  await world.drain();
  expect(earners(world)).toEqual([[`${orderId}-click`, "10002"]]);
  await prisma.assignment.updateMany({
    where: { code: { code: "ANNA10" } },
    data: { partnerId: "10003" },
  });
  await handOverOrders(ports, { shop: domain, code: ANNA10 });
  const parts = await ports.store.conversions.listForOrder(domain, orderId);
  expect(parts.map(({ share, partnerId, part }) => [share, partnerId, part?.weights])).toEqual([
    ["code", "10003", [1, 1]],
    ["click", "10002", [1, 1]],
  ]);
  expect((await standingOf(world, orderId))?.sentence).toMatch(
    /^Partner 10003 \(50%\) and Ben Baker \(50%\) share it/,
  );
  const decided = await ports.store.orders.findAttribution(domain, orderId);
  const partnersOf = (some: readonly { partner: { name: string } | null }[] = []) =>
    some.map(({ partner }) => partner?.name);
  expect(partnersOf(decided?.attribution.candidates)).toEqual(["Partner 10003", "Ben Baker"]);
  const reading = await readOrder(ports, { shop: domain, orderId });
  expect(partnersOf(reading?.order.shares ?? [])).toEqual(["Partner 10003", "Ben Baker"]);
  expect(reading?.order.partner?.name).toBe("Partner 10003");
});

test("a click that turns out to be of the code's own partner is one credit, and goes along with the code", async () => {
  const { world, orderId } = await unsentOrder({ isShared: false, clicker: "10001" });
  await world.drain();
  const [action] = actionsOf(world.impactState, orderId);
  expect(action).toMatchObject({ partnerId: "10001", promoCode: "ANNA10" });
  expect(action?.clickedAt).not.toBeNull();
});

test("what takes the place of an order that has a later number keeps that number: impact.com has had the first", async () => {
  const { world, orderId } = await unsentOrder({ isShared: false });
  const again = { impactOrderId: `${orderId}-2` };
  await world.prisma.conversion.updateMany({ where: { orderId }, data: again });
  await anew(world, orderId, annaAndClick([1, 1]));
  const idsNow = async () => {
    const all = await world.ports.store.conversions.listForOrder(world.domain, orderId);
    return all.map(({ impactOrderId }) => impactOrderId).toSorted();
  };
  expect(await idsNow()).toEqual([`${orderId}-click-2`, `${orderId}-code-2`]);
  await anew(world, orderId, [ALL_ANNAS]);
  expect(await idsNow()).toEqual([`${orderId}-2`]);
});

test("who earns it otherwise since it was claimed for sending is the one that is sent, saved and shown", async () => {
  const { world, orderId } = await unsentOrder({ isShared: false });
  const { ports, domain: shop, clock } = world;
  const BEN: Share = {
    ...{ key: "code", weight: 1, partner: { partnerId: "10002" as PartnerId, name: "Ben Baker" } },
    by: { kind: "code", code: "BEN10" as DiscountCode },
  };
  clock.pass(120_000);
  let isShared = false;
  const meanwhile: typeof ports.shopify.orderDetails = async (...asked) => {
    const details = await ports.shopify.orderDetails(...asked);
    if (!isShared) await saveWholeAs(world, orderId, BEN);
    isShared = true;
    return details;
  };
  const conversion = await conversionOf(world, orderId);
  const shopify = { ...ports.shopify, orderDetails: meanwhile };
  const sending = { shop, conversionIds: [conversion.id] };
  await sendConversions({ ...ports, shopify }, sending);
  expect(earners(world)).toEqual([]);
  await world.drain();
  expect(earners(world)).toEqual([[orderId, "10002"]]);
  expect(await conversionOf(world, orderId)).toMatchObject({ code: "BEN10", partnerId: "10002" });
  expect((await standingOf(world, orderId))?.sentence).toMatch(/^Ben Baker earned it with BEN10/);
});

/** As an attribution anew saves it, whose order it is meanwhile. */
async function saveWholeAs({ ports, domain, clock }: World, orderId: OrderId, share: Share) {
  await ports.store.inTransaction(async (tx) => {
    await tx.orders.lock(domain, orderId);
    const order = await tx.orders.find(domain, orderId);
    const decision = await tx.orders.findAttribution(domain, orderId);
    const [conversion] = await tx.conversions.listForOrder(domain, orderId);
    if (!order || !conversion || decision?.attribution.outcome !== "credited") throw new Error("?");
    const { partner, by } = share;
    const code = by.kind === "code" ? by.code : null;
    const earner = { partnerId: partner?.partnerId ?? null, code, clickId: null };
    await tx.conversions.saveEarner(domain, conversion.id, earner);
    const attribution = { ...decision.attribution, shares: [share] as [Share] };
    const { state, reason, problem } = order;
    const saved = { orderId, state, reason, problem, attribution, forgets: false };
    await tx.orders.saveDecisions(domain, [saved], clock.now());
  });
}
