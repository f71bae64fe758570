import { expect, test } from "vitest";
import { cancelBatch } from "#app/core/batches/cancel-batch.ts";
import { resumeBatch } from "#app/core/batches/resume-batch.ts";
import { deleteDiscount, switchDiscount } from "#app/core/codes/end-discount.ts";
import { checkCodesNow, listDifferences, repairNow } from "#test/core/given/check-codes-now.ts";
import { discountWith, registrationOf } from "#test/core/given/drift.ts";
import {
  codeOf,
  conversionOf,
  standingOf,
  worldWithCodes,
} from "#test/core/given/world-with-codes.ts";
import { draftFor, makeDiscount } from "#test/support/merchant.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

async function oursOf({ prisma, domain }: World) {
  return prisma.discount.findFirstOrThrow({ where: { shop: domain, title: "Creators" } });
}

async function switchTo(world: World, to: "active" | "inactive") {
  const { id: discountId } = await oursOf(world);
  return switchDiscount(world.ports, { shop: world.domain, discountId, to });
}

test("a deactivated discount has ended for customers, and can be activated again", async () => {
  const world = await worldWithCodes();
  world.clock.pass(60_000);
  expect(await switchTo(world, "inactive")).toEqual({ ok: true });
  const ended = world.clock.now();
  expect(discountWith(world, "ANNA10").endsAt).toEqual(ended);
  expect(await oursOf(world)).toMatchObject({ endsAt: ended, deactivatedAt: ended });
  expect(await switchTo(world, "inactive")).toEqual({ ok: true });

  world.clock.pass(60_000);
  expect(await switchTo(world, "active")).toEqual({ ok: true });
  expect(discountWith(world, "ANNA10").endsAt).toBeNull();
  expect(await oursOf(world)).toMatchObject({ endsAt: null, deactivatedAt: null });
  await world.drain();
  expect(await listDifferences(world)).toEqual([]);
});

test.each(["page", "repair"])(
  "a discount that is activated again by its %s ends when it was to end before",
  async (by) => {
    const world = await worldWithCodes();
    const discount = discountWith(world, "ANNA10");
    const endsAt = new Date(
      Math.floor(world.clock.now().getTime() / 1_000) * 1_000 + 30 * 86_400_000,
    );
    discount.endsAt = endsAt;
    await checkCodesNow(world);
    if (by === "page") await switchTo(world, "inactive");
    else discount.endsAt = world.clock.now();
    const [found] = await checkCodesNow(world);
    // What was done here is no difference.
    expect(found?.kind).toBe(by === "page" ? undefined : "discount-deactivated");
    if (by === "page") expect(await switchTo(world, "active")).toEqual({ ok: true });
    else expect(found && (await repairNow(world, found, "activate"))).toBeNull();
    expect(discountWith(world, "ANNA10").endsAt).toEqual(endsAt);
    expect(await oursOf(world)).toMatchObject({ endsAt, deactivatedAt: null, plannedEndsAt: null });
  },
);

test("a discount that is activated before its day, though deactivated first, has its codes registered from then on, and their orders wait", async () => {
  const world = await worldWithCodes();
  const codes: [string, string][] = [
    ["10001", "XMAS-A7KQ"],
    ["10002", "XMAS-B4WD"],
  ];
  await makeDiscount(world, draftFor(codes, { title: "Christmas", startsOn: "2026-12-10" }));
  await world.drain();
  const { id: discountId } = await world.prisma.discount.findFirstOrThrow({
    where: { title: "Christmas" },
  });
  world.clock.pass(60_000);
  const asked = { shop: world.domain, discountId };
  const inactive = await switchDiscount(world.ports, { ...asked, to: "inactive" });
  expect(inactive).toEqual({ ok: true });
  await world.drain(600_000);
  const active = await switchDiscount(world.ports, { ...asked, to: "active" });
  const batch = await world.prisma.batch.findFirstOrThrow({ where: { kind: "register-anew" } });
  expect(active).toEqual({ ok: true, batchId: batch.id });
  const { impact } = world.ports;
  const down = { kind: "unavailable" as const, retry: "later" as const, message: "down" };
  const endPromoCode = async () => ({ ok: false as const, problem: down });
  Object.assign(world.ports, { impact: { ...impact, endPromoCode } });
  await world.drain(1_000);
  const order = buy(world, { codes: ["XMAS-B4WD"] });
  const orderId = orderIdOf(order);
  await deliver(world, webhookFor(world, order));
  await world.drain(1_000);
  expect(await standingOf(world, orderId)).toMatchObject({ reason: "code-not-registered" });
  Object.assign(world.ports, { impact });
  await world.drain();
  for (const [, code] of codes) {
    const now = world.clock.now();
    const standing = world.account.promoCodes.filter(
      (one) => one.code === code && (one.endsAt === null || one.endsAt > now),
    );
    expect(standing.map(({ startsAt }) => startsAt && startsAt <= now)).toEqual([true]);
  }
  expect(await conversionOf(world, orderId)).toMatchObject({
    ...{ state: "credited", partnerId: "10002" },
  });
  expect(await listDifferences(world)).toEqual([]);
});

test("orders sent in the seconds around an early start wait until their code is registered anew", async () => {
  const world = await worldWithCodes();
  const draft = draftFor([["10001", "XMAS-A7KQ"]], { title: "Christmas", startsOn: "2026-12-10" });
  await makeDiscount(world, draft);
  await world.drain();
  const ours = await world.prisma.discount.findFirstOrThrow({ where: { title: "Christmas" } });
  world.clock.pass(60_000);
  const shop = world.domain;
  // Shopify has it active before we know, and the codes are ours before their batch has looked at them.
  const { id, shopifyId } = ours;
  await world.ports.shopify.activateDiscount(shop, shopifyId ?? "");
  const during = await placed(world, "XMAS-A7KQ");
  await switchDiscount(world.ports, { shop, discountId: id, to: "active" });
  await world.prisma
    .$executeRaw`UPDATE pgboss.job SET state = 'cancelled' WHERE name = 'change-codes'`;
  const after = await placed(world, "XMAS-A7KQ");
  await world.prisma
    .$executeRaw`UPDATE pgboss.job SET state = 'created' WHERE name = 'change-codes'`;
  await world.drain();
  for (const orderId of [during, after]) {
    expect(await conversionOf(world, orderId)).toMatchObject({
      ...{ state: "credited", partnerId: "10001" },
    });
  }
});

test("an order older than its code's registration goes when that begins, where nobody makes it anew", async () => {
  const world = await worldWithCodes();
  const draft = draftFor([["10001", "XMAS-A7KQ"]], { title: "Christmas", startsOn: "2026-12-10" });
  await makeDiscount(world, draft);
  await world.drain();
  discountWith(world, "XMAS-A7KQ").startsAt = world.clock.now();
  const orderId = await placed(world, "XMAS-A7KQ");
  await world.drain();
  expect(await standingOf(world, orderId)).not.toMatchObject({ state: "waiting" });
  expect(world.clock.now() >= new Date("2026-12-10T00:00:00Z")).toBe(true);
});

/** An order with that code, once what is due at this moment is done: it waits for its code. */
async function placed(world: World, code: string) {
  const order = buy(world, { codes: [code] });
  await deliver(world, webhookFor(world, order));
  await world.drain(2_000);
  expect(await standingOf(world, orderIdOf(order))).toMatchObject({
    reason: "code-not-registered",
  });
  return orderIdOf(order);
}

test("a start's batch that is cancelled leaves codes that say to resume it, which registers them", async () => {
  const world = await worldWithCodes();
  const draft = draftFor([["10001", "XMAS-A7KQ"]], { title: "Christmas", startsOn: "2026-12-10" });
  await makeDiscount(world, draft);
  await world.drain();
  const { id: discountId } = await world.prisma.discount.findFirstOrThrow({
    where: { title: "Christmas" },
  });
  world.clock.pass(60_000);
  const shop = world.domain;
  await switchDiscount(world.ports, { shop, discountId, to: "active" });
  const { id: batchId } = await world.prisma.batch.findFirstOrThrow({
    where: { kind: "register-anew" },
  });
  await cancelHeld(world, batchId);
  const order = await buyAndDeliver(world, { codes: ["XMAS-A7KQ"] });
  expect(await codeOf(world, "XMAS-A7KQ")).toMatchObject({
    impactState: "failed",
    impactProblem: expect.stringMatching(
      /counts at impact.com from 2026-12-10 on.*Under Batches, resume/,
    ) as string,
  });
  expect(await standingOf(world, order)).toMatchObject({ state: "waiting" });
  await resumeBatch(world.ports, { shop, batchId });
  await world.drain();
  expect(await codeOf(world, "XMAS-A7KQ")).toMatchObject({ impactState: "registered" });
  expect(await standingOf(world, order)).toMatchObject({ reason: "credited" });
});

/** Once its codes are held, impact.com doesn't answer, and the batch is cancelled. */
async function cancelHeld(world: World, batchId: string): Promise<void> {
  const { impact } = world.ports;
  const down = { kind: "unavailable" as const, retry: "later" as const, message: "down" };
  const endPromoCode = async () => ({ ok: false as const, problem: down });
  Object.assign(world.ports, { impact: { ...impact, endPromoCode } });
  await world.drain(1_000);
  await cancelBatch(world.ports, { shop: world.domain, batchId });
  Object.assign(world.ports, { impact });
  await world.drain();
}

test("where impact.com takes no code again, an earlier start ends one registration at most", async () => {
  const world = await worldWithCodes();
  world.impactState.rules.againAfterItsEnd = "refused";
  const codes: [string, string][] = ["A7KQ", "B4WD", "C9TR"].map((end) => ["10001", `XMAS-${end}`]);
  await makeDiscount(world, draftFor(codes, { title: "Christmas", startsOn: "2026-12-10" }));
  await world.drain();
  const { id: discountId } = await world.prisma.discount.findFirstOrThrow({
    where: { title: "Christmas" },
  });
  world.clock.pass(60_000);
  await switchDiscount(world.ports, { shop: world.domain, discountId, to: "active" });
  await world.drain();
  const later = world.account.promoCodes.filter(
    ({ code, endsAt }) => code.startsWith("XMAS") && endsAt === null,
  );
  expect(later).toHaveLength(2);
  const batch = await world.prisma.batch.findFirstOrThrow({ where: { kind: "register-anew" } });
  expect(batch).toMatchObject({
    state: "failed",
    problem: expect.stringMatching(/did not take XMAS-A7KQ again/) as string,
  });
  expect(await codeOf(world, "XMAS-B4WD")).toMatchObject({
    impactProblem: expect.stringMatching(/counts at impact.com from .*Under Batches/) as string,
  });
});

test("a discount whose deletion was cancelled is deleted to its end when that is asked for again", async () => {
  const world = await worldWithCodes();
  const { id: discountId } = await oursOf(world);
  const asked = { shop: world.domain, discountId };
  const first = await deleteDiscount(world.ports, asked);
  const batchId = (first.ok && first.batchId) || "";
  await cancelBatch(world.ports, { shop: world.domain, batchId });
  await world.drain();
  expect((await world.ports.store.batches.find(world.domain, batchId))?.state).toBe("cancelled");
  expect(await codeOf(world, "ANNA10")).toMatchObject({ shopifyState: "live" });
  const second = await deleteDiscount(world.ports, asked);
  expect(second).toMatchObject({ ok: true, batchId: expect.not.stringMatching(batchId) as string });
  expect(await deleteDiscount(world.ports, asked)).toEqual(second);
  await world.drain();
  for (const code of ["ANNA10", "BEN10"]) {
    expect(await codeOf(world, code)).toMatchObject({
      ...{ shopifyState: "retired", impactState: "expired" },
    });
    expect(registrationOf(world, code)).toBeNull();
  }
});

test("a deleted discount is gone from Shopify; its codes are history, and impact.com's registrations end", async () => {
  const world = await worldWithCodes();
  const orderId = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await world.drain();
  world.clock.pass(60_000);
  const { id: discountId } = await oursOf(world);
  const asked = { shop: world.domain, discountId };
  const first = await deleteDiscount(world.ports, asked);
  expect(first).toMatchObject({ ok: true, batchId: expect.any(String) as string });
  expect(await deleteDiscount(world.ports, asked)).toEqual(first);
  await world.drain();
  expect([world.shop.discounts.size, world.shop.codes.size]).toEqual([0, 0]);
  for (const code of ["ANNA10", "BEN10"]) {
    expect(await codeOf(world, code)).toMatchObject({
      shopifyState: "retired",
      impactState: "expired",
    });
  }
  const standing = world.account.promoCodes.filter(
    ({ endsAt }) => endsAt === null || endsAt > world.clock.now(),
  );
  expect(standing).toEqual([]);
  expect((await oursOf(world)).deletedAt).not.toBeNull();
  expect(await conversionOf(world, orderId)).toMatchObject({ partnerId: "10001" });
  expect(await listDifferences(world)).toEqual([]);
});

test("a discount whose codes are being made is not deleted meanwhile", async () => {
  const world = await worldWithCodes();
  const discountId = await makeDiscount(world, draftFor([["10001", "MORE10"]], { title: "More" }));
  await world.ports.store.discounts.saveShopifyId(
    world.domain,
    discountId,
    discountWith(world, "ANNA10").id,
  );
  const answer = await deleteDiscount(world.ports, { shop: world.domain, discountId });
  expect(answer).toMatchObject({ ok: false });
  expect(!answer.ok && answer.message).toMatch(/being made or changed/);
  expect(world.shop.codes.has("ANNA10")).toBe(true);
});
