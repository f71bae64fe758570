import { expect, test } from "vitest";
import { changeCodes } from "#app/core/changes/change-codes.ts";
import { resumeBatch } from "#app/core/batches/resume-batch.ts";
import type { OrderId } from "#app/core/ids.ts";
import { BEN, runChanges, standOf, startChanging } from "#test/core/given/change-batch.ts";
import { killedAt } from "#test/core/given/killed-at.ts";
import {
  codeOf,
  conversionOf,
  standingOf,
  worldWithCodes,
} from "#test/core/given/world-with-codes.ts";
import { draftFor, makeDiscount } from "#test/support/merchant.ts";
import { buy, buyAndDeliver, deliver, orderIdOf, webhookFor } from "#test/support/shopper.ts";
import type { World } from "#test/support/world.ts";

const ALL_DONE = { batch: "done", open: 0, failed: 0, dropped: 0 };
const TO_BEN = { kind: "reassign", partnerId: BEN } as const;

/** Anna's code becomes Ben's, and everything that follows has run. */
async function giveToBen(world: World): Promise<string> {
  const batchId = await startChanging(world, ["ANNA10"], TO_BEN);
  await world.drain();
  return batchId;
}

/** Who impact.com paid for these orders. */
function paidFor({ account }: World, orderIds: readonly (OrderId | string)[]) {
  return orderIds.map(
    (orderId) => account.actions.find((action) => action.orderId === orderId)?.partnerId ?? null,
  );
}

test("a reassigned code is the new partner's on both sides, and Shopify hears nothing of it", async () => {
  const world = await worldWithCodes();
  const calls = world.shopify.calls.length;
  expect(await standOf(world, await giveToBen(world))).toEqual({ ...ALL_DONE, done: 1 });
  expect(world.shopify.calls).toHaveLength(calls);
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    partner: { partnerId: BEN },
    impactState: "registered",
  });
  const registrations = world.account.promoCodes.filter(({ code }) => code === "ANNA10");
  expect(registrations.map(({ partnerId }) => partnerId)).toEqual(["10001", "10002"]);
  // One begins in the second in which the other ended.
  expect(registrations[1]?.startsAt).toEqual(registrations[0]?.endsAt);
});

test("an order from before that is told of afterwards earns the first partner, a later one the new", async () => {
  const world = await worldWithCodes();
  const before = buy(world, { codes: ["ANNA10"] });
  world.clock.pass(60_000);
  await giveToBen(world);
  world.clock.pass(60_000);
  const after = await buyAndDeliver(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, before));
  await world.drain();
  expect(paidFor(world, [before.id, after])).toEqual(["10001", "10002"]);
  expect(await standingOf(world, orderIdOf(before))).toMatchObject({ reason: "credited" });
  expect(await standingOf(world, after)).toMatchObject({ reason: "credited" });
});

test("orders that come while a code changes hands wait, and earn who had it when they were placed", async () => {
  const world = await worldWithCodes();
  const batchId = await startChanging(world, ["ANNA10"], TO_BEN);
  await world.prisma.$executeRaw`DELETE FROM pgboss.job WHERE name = 'change-codes'`;
  // The old registration ends, and nobody hears of it.
  const impact = {
    ...world.ports.impact,
    readPromoCode: async () => ({
      ok: false as const,
      problem: { kind: "unavailable" as const, retry: "later" as const, message: "down" },
    }),
  };
  const { domain: shop } = world;
  const early = buy(world, { codes: ["ANNA10"] });
  world.clock.pass(60_000);
  await changeCodes({ ...world.ports, impact }, { shop, batchId });
  world.clock.pass(5_000);
  const between = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, early));
  await deliver(world, webhookFor(world, between));
  await world.drain(1_000);
  for (const order of [early, between]) {
    expect(await standingOf(world, orderIdOf(order))).toMatchObject({
      reason: "code-not-registered",
    });
  }
  expect(await conversionOf(world, orderIdOf(between))).toMatchObject({ partnerId: "10001" });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 1 });
  expect(paidFor(world, [early.id, between.id])).toEqual(["10001", "10002"]);
  expect(await standingOf(world, orderIdOf(between))).toMatchObject({
    reason: "credited",
    sentence: expect.stringMatching(/Ben Baker/) as string,
  });
});

test("a later moment is kept to: until then all is as before", async () => {
  const world = await worldWithCodes();
  const startsAt = new Date(world.clock.now().getTime() + 86_400_000);
  await startChanging(world, ["ANNA10"], { ...TO_BEN, startsAt });
  await world.drain(86_000_000);
  const before = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, before));
  await world.drain(60_000);
  expect(await codeOf(world, "ANNA10")).toMatchObject({ partner: { partnerId: "10001" } });
  world.clock.passTo(new Date(startsAt.getTime() + 3_600_000));
  await world.drain();
  world.clock.pass(1_000);
  const after = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(paidFor(world, [before.id, after])).toEqual(["10001", "10002"]);
});

test("when impact.com refuses the new partner, the first one's orders still go, and trying again mends it", async () => {
  const world = await worldWithCodes();
  const early = buy(world, { codes: ["ANNA10"] });
  world.clock.pass(60_000);
  const contracts = world.account.contracts.splice(1);
  const batchId = await startChanging(world, ["ANNA10"], TO_BEN);
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 0, failed: 1 });
  const [failed] = await world.ports.store.changes.listFailed(world.domain, batchId, {
    ...{ after: null, limit: 9 },
  });
  expect(failed?.problem).toMatch(/has not joined this campaign/);
  const late = buy(world, { codes: ["ANNA10"] });
  await deliver(world, webhookFor(world, early));
  await deliver(world, webhookFor(world, late));
  await world.drain();
  expect(paidFor(world, [early.id, late.id])).toEqual(["10001", null]);
  expect(await standingOf(world, orderIdOf(late))).toMatchObject({ reason: "code-not-registered" });
  world.account.contracts.push(...contracts);
  await resumeBatch(world.ports, { shop: world.domain, batchId });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 1 });
  expect(paidFor(world, [early.id, late.id])).toEqual(["10001", "10002"]);
});

test("a refusal to end the old registration leaves the code with its partner, and its orders go", async () => {
  const world = await worldWithCodes();
  const impact = {
    ...world.ports.impact,
    endPromoCode: async () => ({
      ok: false as const,
      problem: {
        kind: "refused" as const,
        retry: "never" as const,
        message: "impact.com says no.",
      },
    }),
  };
  const batchId = await startChanging(world, ["ANNA10"], TO_BEN);
  await changeCodes({ ...world.ports, impact }, { shop: world.domain, batchId });
  expect(await standOf(world, batchId)).toMatchObject({ failed: 1 });
  await world.drain();
  const order = await buyAndDeliver(world, { codes: ["ANNA10"] });
  expect(paidFor(world, [order])).toEqual(["10001"]);
  expect(await codeOf(world, "ANNA10")).toMatchObject({
    impactState: "registered",
    partner: { partnerId: "10001" },
  });
});

test("a code that is the partner's already is left as it is", async () => {
  const world = await worldWithCodes();
  const requests = world.impact.requests.length;
  const batchId = await startChanging(world, ["BEN10"], TO_BEN);
  await runChanges(world, batchId);
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 1 });
  expect(world.impact.requests).toHaveLength(requests);
});

test.each([1, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20])(
  "killed at its call number %i, a reassignment goes on: no order is lost, none is the wrong partner's",
  async (nth) => {
    const world = await worldWithCodes();
    const early = buy(world, { codes: ["ANNA10"] });
    world.clock.pass(60_000);
    const batchId = await startChanging(world, ["ANNA10", "BEN10"], TO_BEN);
    const doomed = killedAt(world, nth);
    const run = changeCodes(doomed.ports, { shop: world.domain, batchId });
    await Promise.race([run, doomed.killed]);
    world.clock.pass(30_000);
    const middle = buy(world, { codes: ["ANNA10"] });
    await deliver(world, webhookFor(world, middle));
    await world.drain(10_000);
    world.clock.pass(3_600_000);
    await changeCodes(world.ports, { shop: world.domain, batchId });
    await world.drain();
    const late = await buyAndDeliver(world, { codes: ["ANNA10"] });
    await deliver(world, webhookFor(world, early));
    await world.drain();
    expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 2 });
    const [first, second, last] = paidFor(world, [early.id, middle.id, late]);
    expect([first, last]).toEqual(["10001", "10002"]);
    const [old] = world.account.promoCodes.filter(({ code }) => code === "ANNA10");
    const wasAnnas = middle.createdAt < (old?.endsAt ?? new Date(0));
    expect(second).toBe(wasAnnas ? "10001" : "10002");
    expect(await conversionOf(world, orderIdOf(middle))).toMatchObject({ partnerId: second });
    const active = world.account.promoCodes.filter(({ endsAt }) => endsAt === null);
    expect(active.map(({ code }) => code).sort()).toEqual(["ANNA10", "BEN10"]);
  },
);

test("where impact.com takes no code a second time, one code is tried and the others stay as they are", async () => {
  const world = await worldWithCodes();
  const { ports, domain: shop } = world;
  await makeDiscount(world, draftFor(["A-1", "A-2", "A-3"].map((code) => ["10001", code])));
  await world.drain();
  world.impactState.rules.againAfterItsEnd = "refused";
  const batchId = await startChanging(world, ["A-1", "A-2", "A-3"], TO_BEN);
  await world.drain();
  expect(await standOf(world, batchId)).toMatchObject({ batch: "failed", failed: 1, open: 2 });
  expect((await ports.store.batches.find(shop, batchId))?.problem).toMatch(
    /did not register A-1 again .* no other code was touched.*retire the codes/,
  );
  for (const code of ["A-2", "A-3"]) {
    expect(await codeOf(world, code)).toMatchObject({
      ...{ impactState: "registered", partner: { partnerId: "10001" } },
    });
  }
  world.impactState.rules.againAfterItsEnd = "allowed";
  await resumeBatch(ports, { shop, batchId });
  await world.drain();
  expect(await standOf(world, batchId)).toEqual({ ...ALL_DONE, done: 3 });
});
